/** A GPU that is not there: a model of how tenants share it, and its telemetry and modes in real time. */
@NullMarked
package io.gpushare.sim;

import org.jspecify.annotations.NullMarked;
