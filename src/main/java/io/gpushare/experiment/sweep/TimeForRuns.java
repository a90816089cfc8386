package io.gpushare.experiment.sweep;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** How long runs may be measured, where all have to fit into some time. */
public final class TimeForRuns {
    /** Fewer do not tell how far repeats lie apart. */
    private static final int ROUNDS = 3;

    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private TimeForRuns() {}

    /** @param runs of a round */
    public static Duration each(Duration all, int runs) {
        Duration each = all.dividedBy((long) ROUNDS * runs)
                .minus(RemainingTime.USUALLY_AROUND_A_RUN)
                .truncatedTo(ChronoUnit.SECONDS);
        if (each.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return each.compareTo(LONGEST) > 0 ? LONGEST : each;
    }
}
