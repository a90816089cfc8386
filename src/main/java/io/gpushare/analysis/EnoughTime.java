package io.gpushare.analysis;

import java.time.Duration;
import java.util.stream.LongStream;

/** How long a run should have been. */
public final class EnoughTime {
    private static final long HOUR = 3600;

    /** Seconds that somebody would type. */
    private static final long[] ROUND = {
        5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 420, 600, 900, 1200, 1800, 2700
    };

    /** More than anybody waits for: what is near to nothing asks for ages. */
    private static final double YEAR = 366 * 24 * HOUR;

    private EnoughTime() {}

    /**
     * An error falls with the square root of the time: half the error takes four times as long.
     *
     * @param errorPercent of a run that measured for that long
     * @return rounded up
     */
    public static Duration of(double errorPercent, double precisionPercent, double measuredS) {
        if (!(errorPercent >= 0 && precisionPercent > 0 && measuredS > 0)) {
            throw new IllegalArgumentException("an error of %s %% in %s s, for a precision of %s %%"
                    .formatted(errorPercent, measuredS, precisionPercent));
        }
        double times = errorPercent / precisionPercent;
        double seconds = Math.min(YEAR, measuredS * times * times);
        return Duration.ofSeconds(LongStream.of(ROUND)
                .filter(round -> round >= seconds)
                .findFirst()
                .orElse(HOUR * (long) Math.ceil(seconds / HOUR)));
    }
}
