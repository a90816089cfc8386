/** Finds files of results by the folders, files and patterns that a user names. */
@NullMarked
package io.gpushare.results.reading.find;

import org.jspecify.annotations.NullMarked;
