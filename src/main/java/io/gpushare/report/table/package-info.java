/** A study as programs and spreadsheets read it. */
@NullMarked
package io.gpushare.report.table;

import org.jspecify.annotations.NullMarked;
