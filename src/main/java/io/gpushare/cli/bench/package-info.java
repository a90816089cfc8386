/** The command that measures: its options, its progress, and what it says at the end. */
@NullMarked
package io.gpushare.cli.bench;

import org.jspecify.annotations.NullMarked;
