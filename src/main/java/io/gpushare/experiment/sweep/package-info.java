/**
 * A matrix of runs: which cells it has, in which order they run in each round, what a folder holds of them already, and
 * when enough is known.
 */
@NullMarked
package io.gpushare.experiment.sweep;

import org.jspecify.annotations.NullMarked;
