/** What a run is, and the result made of what it measured. */
@NullMarked
package io.gpushare.run.account;

import org.jspecify.annotations.NullMarked;
