/** Amounts in words: the one way in which numbers with units are written for a person, and read. Depends on nothing. */
@NullMarked
package io.gpushare.amount;

import org.jspecify.annotations.NullMarked;
