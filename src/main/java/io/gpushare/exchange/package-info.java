/** Formats of other programs: read with distrust, written as plainly as they are. */
@NullMarked
package io.gpushare.exchange;

import org.jspecify.annotations.NullMarked;
