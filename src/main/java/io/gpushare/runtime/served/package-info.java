/** Tenants that serve: somebody starts them, loads them and speaks the protocol by what the load generator measures. */
@NullMarked
package io.gpushare.runtime.served;

import org.jspecify.annotations.NullMarked;
