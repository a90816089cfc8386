/** The ways in which a GPU gets into a container on this host. */
@NullMarked
package io.gpushare.runtime.docker.gpu;

import org.jspecify.annotations.NullMarked;
