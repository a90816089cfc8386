/** Which GPU of a host works, by the machine's own sensors: states of load, and whether they can be told apart. */
@NullMarked
package io.gpushare.experiment.passthrough;

import org.jspecify.annotations.NullMarked;
