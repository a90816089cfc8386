/** Whole matrices of runs: the command that carries them out, and what it prints. */
@NullMarked
package io.gpushare.cli.sweep;

import org.jspecify.annotations.NullMarked;
