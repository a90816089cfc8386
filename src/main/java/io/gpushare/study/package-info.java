/** What runs say together: groups, estimates with their error, findings, and answers in words. Pure. */
@NullMarked
package io.gpushare.study;

import org.jspecify.annotations.NullMarked;
