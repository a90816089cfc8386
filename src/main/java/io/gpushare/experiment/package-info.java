/** Whole experiments: many runs of one plan. */
@NullMarked
package io.gpushare.experiment;

import org.jspecify.annotations.NullMarked;
