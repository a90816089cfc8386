/** The commands that read results, compare them, and exchange them with other programs. */
@NullMarked
package io.gpushare.cli.results;

import org.jspecify.annotations.NullMarked;
