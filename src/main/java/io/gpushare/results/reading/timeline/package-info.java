/** Reads a run once more, for pictures of it: what happened when. */
@NullMarked
package io.gpushare.results.reading.timeline;

import org.jspecify.annotations.NullMarked;
