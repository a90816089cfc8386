/** Carries a plan out: preflight, baselines, launch, common start, measurement, judgement, result. */
@NullMarked
package io.gpushare.run;

import org.jspecify.annotations.NullMarked;
