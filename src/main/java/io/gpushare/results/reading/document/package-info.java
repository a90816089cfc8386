/** Reads results and samples, which are JSON: in little memory, and distrusting every byte. */
@NullMarked
package io.gpushare.results.reading.document;

import org.jspecify.annotations.NullMarked;
