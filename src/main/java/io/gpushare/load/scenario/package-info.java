/** MLPerf Inference's scenarios: how each loads a server, and LoadGen's rules for what comes of it; pure. */
@NullMarked
package io.gpushare.load.scenario;

import org.jspecify.annotations.NullMarked;
