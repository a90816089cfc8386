/** What files of results hold once they were read: runs, samples, and what was passed over. */
@NullMarked
package io.gpushare.results.stored;

import org.jspecify.annotations.NullMarked;
