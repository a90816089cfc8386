/** How people write modes down: words, files and trees. Pure, but for reading files. */
@NullMarked
package io.gpushare.mode.config;

import org.jspecify.annotations.NullMarked;
