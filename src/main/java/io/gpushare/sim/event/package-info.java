/** The discrete-event simulation: launches and trains of kernels on a shared GPU. Pure, without a clock. */
@NullMarked
package io.gpushare.sim.event;

import org.jspecify.annotations.NullMarked;
