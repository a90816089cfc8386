/** The one home of time: clocks, waiting, and the threads that wait. */
@NullMarked
package io.gpushare.time;

import org.jspecify.annotations.NullMarked;
