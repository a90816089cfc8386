/** The commands about the programs that can be run. */
@NullMarked
package io.gpushare.cli.workloads;

import org.jspecify.annotations.NullMarked;
