/** Finding an engine, agreeing on a version of its API, and asking it with a time limit. */
@NullMarked
package io.gpushare.runtime.docker.engine;

import org.jspecify.annotations.NullMarked;
