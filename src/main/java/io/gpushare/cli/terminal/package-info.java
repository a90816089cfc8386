/** What a person looks at: colours, tables, bars and sparklines, a page that redraws itself. Knows no GPUs. */
@NullMarked
package io.gpushare.cli.terminal;

import org.jspecify.annotations.NullMarked;
