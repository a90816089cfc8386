/** A GPU that is not there: a model of how tenants share it, its telemetry and modes in real time, and predictions. */
@NullMarked
package io.gpushare.sim;

import org.jspecify.annotations.NullMarked;
