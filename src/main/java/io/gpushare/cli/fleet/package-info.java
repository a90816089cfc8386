/** One plan on many nodes of a cluster at once: options, a line a node, what is said at the end. */
@NullMarked
package io.gpushare.cli.fleet;

import org.jspecify.annotations.NullMarked;
