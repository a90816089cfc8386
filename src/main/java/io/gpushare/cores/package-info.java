/** The processor cores of this machine that its tenants may use, and which tenant gets which of them. */
@NullMarked
package io.gpushare.cores;

import org.jspecify.annotations.NullMarked;
