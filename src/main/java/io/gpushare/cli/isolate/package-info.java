/** What neighbours can do that misbehave: the command that tries it, and what it writes. */
@NullMarked
package io.gpushare.cli.isolate;

import org.jspecify.annotations.NullMarked;
