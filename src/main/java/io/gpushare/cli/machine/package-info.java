/** The commands about this machine: its GPUs, what it lacks, what they do now, and what others left behind. */
@NullMarked
package io.gpushare.cli.machine;

import org.jspecify.annotations.NullMarked;
