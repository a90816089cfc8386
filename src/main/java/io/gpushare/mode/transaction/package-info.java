/** Changes of a GPU that are written down before they are made, read back afterwards, and undone whatever happens. */
@NullMarked
package io.gpushare.mode.transaction;

import org.jspecify.annotations.NullMarked;
