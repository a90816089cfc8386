/** What an analysis recommends, as settings of what shares GPUs in a Kubernetes cluster. */
@NullMarked
package io.gpushare.report.cluster;

import org.jspecify.annotations.NullMarked;
