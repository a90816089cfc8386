/** How one GPU is set up, what would change it, and the one interface that reads and changes it. */
@NullMarked
package io.gpushare.mode.setup;

import org.jspecify.annotations.NullMarked;
