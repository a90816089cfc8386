/** A comparison as people and programs read it: console, Markdown, JUnit XML, JSON. */
@NullMarked
package io.gpushare.report.contrast;

import org.jspecify.annotations.NullMarked;
