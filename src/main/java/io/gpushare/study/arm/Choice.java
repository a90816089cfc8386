package io.gpushare.study.arm;

import io.gpushare.study.metric.Confidence;
import io.gpushare.study.metric.Estimate;
import java.util.Optional;

/**
 * What to use for a mix, short enough for a row of a table.
 *
 * @param way of sharing, or why none is named
 * @param work STP with it, which is 1 for one tenant after another; empty where it is not known
 * @param confidence how sure it is; FACT where nothing was compared
 */
public record Choice(String way, Optional<Estimate> work, Confidence confidence) {
    /** The way where sharing does less than one tenant after another. */
    public static final String DO_NOT_SHARE = "do not share";

    public boolean doesNotShare() {
        return way.equals(DO_NOT_SHARE);
    }

    /** Where no way of sharing can be named. */
    public static Choice none(String why) {
        return new Choice(why, Optional.empty(), Confidence.FACT);
    }
}
