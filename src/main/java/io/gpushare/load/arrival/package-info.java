/** When requests are to be sent: pure, and the same for the same seed. */
@NullMarked
package io.gpushare.load.arrival;

import org.jspecify.annotations.NullMarked;
