/** Puts the parts together. */
@NullMarked
package io.gpushare;

import org.jspecify.annotations.NullMarked;
