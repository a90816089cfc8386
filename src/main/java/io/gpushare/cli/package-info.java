/**
 * The command line: one class a command, options shared as mixins, tables and live views. A command parses, calls one
 * thing, prints the answer on stdout and the conversation on stderr, and returns an exit status.
 */
@NullMarked
package io.gpushare.cli;

import org.jspecify.annotations.NullMarked;
