/** Statistics of a sampling run in constant memory: levels by metric, energy by phase. Each states its definition. */
@NullMarked
package io.gpushare.sampling.summary;

import org.jspecify.annotations.NullMarked;
