/** Tenants of the simulated GPU: they speak the tenant protocol and do their work in the model. */
@NullMarked
package io.gpushare.runtime.sim;

import org.jspecify.annotations.NullMarked;
