/** What numbers mean: statistics and the metrics of sharing, as pure functions that state their definition. */
@NullMarked
package io.gpushare.analysis;

import org.jspecify.annotations.NullMarked;
