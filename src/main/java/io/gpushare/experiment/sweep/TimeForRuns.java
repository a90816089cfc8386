package io.gpushare.experiment.sweep;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** How long runs may be measured, where all have to fit into some time. */
public final class TimeForRuns {
    /** Fewer do not tell how far repeats lie apart. */
    private static final int BEST_ROUNDS = 3;

    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private TimeForRuns() {}

    /**
     * So long that three rounds fit, or else two, or one: a round that ends tells more than three of which none does.
     *
     * @param runs of a round
     */
    public static Duration each(Duration all, int runs) {
        for (int rounds = BEST_ROUNDS; rounds > 0; rounds--) {
            Duration each = all.dividedBy((long) rounds * runs)
                    .minus(RemainingTime.USUALLY_AROUND_A_RUN)
                    .truncatedTo(ChronoUnit.SECONDS);
            if (each.compareTo(SHORTEST) >= 0) {
                return each.compareTo(LONGEST) > 0 ? LONGEST : each;
            }
        }
        return SHORTEST;
    }
}
