/** The commands that look at, change and put back how a GPU is shared. */
@NullMarked
package io.gpushare.cli.mode;

import org.jspecify.annotations.NullMarked;
