/** Finds and reads whatever lies in folders of results: quickly, in little memory, and distrusting every byte. */
@NullMarked
package io.gpushare.results.reading;

import org.jspecify.annotations.NullMarked;
