/** What the simulation knows of GPUs and workloads: {@code model.yaml}, and what it says of given settings. Pure. */
@NullMarked
package io.gpushare.sim.model;

import org.jspecify.annotations.NullMarked;
