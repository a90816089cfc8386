package io.gpushare.cli.sweep;

import io.gpushare.text.Amount;
import java.time.Duration;

/** Times and rounds of a sweep in words. */
final class SweepWords {
    private static final Duration IN_SECONDS = Duration.ofSeconds(90);
    private static final Duration IN_MINUTES = Duration.ofMinutes(90);

    private SweepWords() {}

    /** How long something will take: {@code 50 s}, {@code 14 min}, {@code 2 h 5 min}. */
    static String about(Duration duration) {
        if (duration.compareTo(IN_SECONDS) < 0) {
            return Math.max(1, duration.toSeconds()) + " s";
        }
        if (duration.compareTo(IN_MINUTES) < 0) {
            return duration.plusSeconds(30).toMinutes() + " min";
        }
        return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }

    static String rounds(int rounds) {
        return Amount.of(rounds, "round");
    }
}
