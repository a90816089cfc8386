/** What programs that do not speak the tenant protocol print, and how figures are read from it. */
@NullMarked
package io.gpushare.workload.output;

import org.jspecify.annotations.NullMarked;
