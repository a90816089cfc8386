/** A load as files and settings name it, in the words of the options of {@code gpushare load}. */
@NullMarked
package io.gpushare.load.words;

import org.jspecify.annotations.NullMarked;
