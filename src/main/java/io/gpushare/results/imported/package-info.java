/**
 * What other programs measured, as {@code import} keeps it: beside the program's own results, and never taken for one.
 */
@NullMarked
package io.gpushare.results.imported;

import org.jspecify.annotations.NullMarked;
