/**
 * The journal of a sampling run: written line by line as samples come, so that a crash costs one line at most, and read
 * back to make the result file. A run that ended well and one that crashed take the same way from journal to file.
 */
@NullMarked
package io.gpushare.sampling.journal;

import org.jspecify.annotations.NullMarked;
