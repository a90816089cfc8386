/**
 * Puts load on a server and measures what it does: open or closed loop, latency from when a request was meant to be
 * sent.
 */
@NullMarked
package io.gpushare.load;

import org.jspecify.annotations.NullMarked;
