/** Files that are there whole or not at all, whatever happens while they are written. */
@NullMarked
package io.gpushare.disk;

import org.jspecify.annotations.NullMarked;
