/** What a device answered: a value, or an absence with its reason. */
@NullMarked
package io.gpushare.reading;

import org.jspecify.annotations.NullMarked;
