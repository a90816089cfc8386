/** What came of the requests: counts, latencies in constant memory, rates with their error; pure. */
@NullMarked
package io.gpushare.load.account;

import org.jspecify.annotations.NullMarked;
