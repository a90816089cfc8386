/**
 * Samples GPUs and their host while something runs: cheap readings often, dear ones once a second, energy at phase
 * borders. It never holds up what it measures, drops nothing silently, and reports its own error.
 */
@NullMarked
package io.gpushare.sampling;

import org.jspecify.annotations.NullMarked;
