/** What was measured as files and JSON. */
@NullMarked
package io.gpushare.load.written;

import org.jspecify.annotations.NullMarked;
