/** Programs that serve: when they are ready, and the load that is put on them. */
@NullMarked
package io.gpushare.workload.server;

import org.jspecify.annotations.NullMarked;
