package io.gpushare.plan;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * How sure the figures of a run have to be.
 *
 * @param percent of a figure, that half of its 95 % interval may be: with more the run is INVALID
 * @param untilReached whether a measurement goes on until the figures of all tenants are that sure
 * @param atMost how long a measurement may last that goes on; empty for what is usual
 */
public record PrecisionGoal(double percent, boolean untilReached, Optional<Duration> atMost) {
    public static final PrecisionGoal DEFAULT = new PrecisionGoal(10, false, Optional.empty());

    private static final Duration USUAL_LIMIT = Duration.ofMinutes(5);

    /** A measurement that goes on because cores were slowed lasts twice as long, if nobody says more. */
    private static final int ON_A_SLOWED_HOST = 2;

    public PrecisionGoal {
        if (!(percent > 0 && percent <= 100)) {
            throw new IllegalArgumentException(
                    "a precision must be above 0 % and at most 100 %, and is " + text(percent));
        }
    }

    PrecisionGoal within(double wantedPercent) {
        return new PrecisionGoal(wantedPercent, untilReached, atMost);
    }

    PrecisionGoal until(double wantedPercent) {
        return new PrecisionGoal(wantedPercent, true, atMost);
    }

    PrecisionGoal atMost(Duration wanted) {
        return new PrecisionGoal(percent, untilReached, Optional.of(wanted));
    }

    /** How long a measurement may last in the end. */
    public Duration longest(Duration planned) {
        Duration limit = atMost.orElse(untilReached ? USUAL_LIMIT : planned.multipliedBy(ON_A_SLOWED_HOST));
        return limit.compareTo(planned) > 0 ? limit : planned;
    }

    /** Reads {@code 2%}, or a number of percent. */
    public static double percent(String text) {
        String number = text.endsWith("%") ? text.substring(0, text.length() - 1) : text;
        try {
            double percent = Double.parseDouble(number.strip());
            if (percent > 0 && percent <= 100) {
                return percent;
            }
        } catch (NumberFormatException none) {
            // Told below.
        }
        throw new IllegalArgumentException("'" + text + "' must be a percentage above 0 % and at most 100 %, as 5%");
    }

    /** As it is typed: {@code 10%}. */
    public String text() {
        return text(percent);
    }

    /** In a sentence: {@code ± 10 %}. */
    public String words() {
        return "± " + text().replace("%", " %");
    }

    private static String text(double percent) {
        return percent == Math.rint(percent)
                ? String.format(Locale.ROOT, "%.0f%%", percent)
                : Double.toString(percent) + "%";
    }
}
