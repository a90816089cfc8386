/** A report as text: what it says is laid down once, for the console, a plain file, and Markdown. */
@NullMarked
package io.gpushare.report.text;

import org.jspecify.annotations.NullMarked;
