/** Whether the machine's own sensors tell which GPU works: options, a line a state, the folder. */
@NullMarked
package io.gpushare.cli.passthrough;

import org.jspecify.annotations.NullMarked;
