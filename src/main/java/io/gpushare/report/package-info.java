/**
 * A study as people and programs read it: console, text, Markdown, page, pictures, tables. Touches no GPU and no clock.
 */
@NullMarked
package io.gpushare.report;

import org.jspecify.annotations.NullMarked;
