/**
 * GPUs as the rest of the program sees them: identity, telemetry, MIG, processes. No native type appears here; the real
 * driver lives in {@code nvml}, and tests bring their own.
 */
@NullMarked
package io.gpushare.gpu;

import org.jspecify.annotations.NullMarked;
