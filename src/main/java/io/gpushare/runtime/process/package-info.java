/** Tenants as plain programs of this machine, each in a session of its own, and what crashed runs left of them. */
@NullMarked
package io.gpushare.runtime.process;

import org.jspecify.annotations.NullMarked;
