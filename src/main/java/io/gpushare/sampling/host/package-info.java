/**
 * Readings of the machine from the files of the kernel: processors, memory, load, single processes, control groups. The
 * root of /proc is given, so that captured files can be read as well.
 */
@NullMarked
package io.gpushare.sampling.host;

import org.jspecify.annotations.NullMarked;
