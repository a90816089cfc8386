/** Tenants that are measured together: launched, started at one instant, measured, stopped and removed. */
@NullMarked
package io.gpushare.run.stage;

import org.jspecify.annotations.NullMarked;
