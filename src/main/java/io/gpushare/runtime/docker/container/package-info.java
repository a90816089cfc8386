/** Tenants in containers, from the request that makes one to what is left of it. */
@NullMarked
package io.gpushare.runtime.docker.container;

import org.jspecify.annotations.NullMarked;
