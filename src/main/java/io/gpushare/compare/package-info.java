/**
 * Two sides of runs, metric by metric: what differs, whether noise explains it, and whether a threshold is broken.
 * Pure.
 */
@NullMarked
package io.gpushare.compare;

import org.jspecify.annotations.NullMarked;
