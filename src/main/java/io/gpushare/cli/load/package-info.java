/** Load on a server: the command that puts it there, its options, and what it prints and writes. */
@NullMarked
package io.gpushare.cli.load;

import org.jspecify.annotations.NullMarked;
