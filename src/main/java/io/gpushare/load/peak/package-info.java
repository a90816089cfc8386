/** The highest rate that keeps a bound: which rate to try next; pure. */
@NullMarked
package io.gpushare.load.peak;

import org.jspecify.annotations.NullMarked;
