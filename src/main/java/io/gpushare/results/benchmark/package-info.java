/** What a run measured, as it stands in its result file. */
@NullMarked
package io.gpushare.results.benchmark;

import org.jspecify.annotations.NullMarked;
