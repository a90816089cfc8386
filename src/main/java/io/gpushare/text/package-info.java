/**
 * Words for people: numbers with units, durations, sentences that fit a width, and text of others that drives no
 * terminal.
 */
@NullMarked
package io.gpushare.text;

import org.jspecify.annotations.NullMarked;
