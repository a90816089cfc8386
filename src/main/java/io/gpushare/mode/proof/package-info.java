/** From what was seen while tenants ran: did they run in the mode that the result will name? Pure. */
@NullMarked
package io.gpushare.mode.proof;

import org.jspecify.annotations.NullMarked;
