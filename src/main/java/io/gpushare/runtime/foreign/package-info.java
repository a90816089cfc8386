/** Tenants whose programs know nothing of gpushare: somebody reads what they print and speaks the protocol for them. */
@NullMarked
package io.gpushare.runtime.foreign;

import org.jspecify.annotations.NullMarked;
