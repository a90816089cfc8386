/** What a Kubernetes cluster is given by hand. */
@NullMarked
package io.gpushare.cli.cluster;

import org.jspecify.annotations.NullMarked;
