/** Sentences on their way to a reader: they fit a width, and drive no terminal. */
@NullMarked
package io.gpushare.prose;

import org.jspecify.annotations.NullMarked;
