/** Bounds that people set on what is measured, and whether they are kept; pure. */
@NullMarked
package io.gpushare.load.bound;

import org.jspecify.annotations.NullMarked;
