/** Reads the journal of a run that was killed, and makes a result of it. */
@NullMarked
package io.gpushare.results.reading.journal;

import org.jspecify.annotations.NullMarked;
