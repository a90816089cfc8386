/** A report as one HTML page that needs nothing but itself: no network, no other file. */
@NullMarked
package io.gpushare.report.html;

import org.jspecify.annotations.NullMarked;
