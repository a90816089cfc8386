/** What gpushare processes that died had begun: what still runs of them is ended, and GPUs are put back. */
@NullMarked
package io.gpushare.recovery;

import org.jspecify.annotations.NullMarked;
