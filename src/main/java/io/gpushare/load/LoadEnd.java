package io.gpushare.load;

import io.gpushare.load.bound.Bound;

/** How a measurement ended. */
public sealed interface LoadEnd {
    /** As planned. */
    record Whole() implements LoadEnd {}

    /** Cut short: the server fell behind for good. */
    record Saturated(long underWay) implements LoadEnd {}

    /** Cut short by a bound of {@code --abort-if}. */
    record Aborted(Bound by) implements LoadEnd {}

    /** Cut short because somebody wants to end. */
    record Interrupted() implements LoadEnd {}
}
