/** Images of workloads: built, found, and told apart by what they were built from. */
@NullMarked
package io.gpushare.runtime.docker.image;

import org.jspecify.annotations.NullMarked;
