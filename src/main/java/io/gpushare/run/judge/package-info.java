/** What was seen of a run, and whether it makes a result valid. */
@NullMarked
package io.gpushare.run.judge;

import org.jspecify.annotations.NullMarked;
