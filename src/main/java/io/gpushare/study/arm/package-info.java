/** Runs that may be compared: those of one mix, and of one way of sharing. */
@NullMarked
package io.gpushare.study.arm;

import org.jspecify.annotations.NullMarked;
