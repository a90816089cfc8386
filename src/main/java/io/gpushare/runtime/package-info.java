/** Where tenants run. Each way of running them has a package of its own below this one. */
@NullMarked
package io.gpushare.runtime;

import org.jspecify.annotations.NullMarked;
