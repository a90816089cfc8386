/**
 * The one door to other programs: argument lists without a shell, a timeout that ends descendants too, and failures
 * that say which command, how it ended and what it printed.
 */
@NullMarked
package io.gpushare.process;

import org.jspecify.annotations.NullMarked;
