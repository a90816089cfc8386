/**
 * Pictures of a study as PNG files, the same bytes for the same study on every machine. Drawn with the fonts that are
 * packed here: a GPU host often has none, and Java's own way to text fails there.
 */
@NullMarked
package io.gpushare.report.chart;

import org.jspecify.annotations.NullMarked;
