/** The simulated GPU in real time: telemetry, memory, MIG devices and modes. */
@NullMarked
package io.gpushare.sim.device;

import org.jspecify.annotations.NullMarked;
