/**
 * The client: one exchange after another over connections that are kept, a deadline for each, and every fault by its
 * class.
 */
@NullMarked
package io.gpushare.load.http;

import org.jspecify.annotations.NullMarked;
