package io.gpushare.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/**
 * Something that is not the same on both sides, and could be why the numbers are not.
 *
 * @param what {@code driver}; {@code baseline} and {@code contender}: its values
 */
public record EnvironmentDifference(String what, String baseline, String contender) {
    /** Clocks of runs on one card under one load agree within a percent. */
    private static final double CLOCK_TOLERANCE = 0.02;

    private static final int MOST_VALUES = 3;

    static List<EnvironmentDifference> between(Circumstances baseline, Circumstances contender) {
        List<EnvironmentDifference> differences = new ArrayList<>();
        baseline.facts().forEach((what, values) -> {
            SortedSet<String> others = contender.facts().get(what);
            if (others != null && !others.equals(values)) {
                differences.add(new EnvironmentDifference(what, listed(values), listed(others)));
            }
        });
        if (baseline.smClockMhz().isPresent() && contender.smClockMhz().isPresent()) {
            double before = baseline.smClockMhz().getAsDouble();
            double after = contender.smClockMhz().getAsDouble();
            if (Math.abs(after - before) > CLOCK_TOLERANCE * before) {
                differences.add(new EnvironmentDifference(
                        "mean SM clock", Math.round(before) + " MHz", Math.round(after) + " MHz"));
            }
        }
        return differences;
    }

    private static String listed(SortedSet<String> values) {
        String first = String.join(", ", values.stream().limit(MOST_VALUES).toList());
        return values.size() <= MOST_VALUES ? first : first + " and " + (values.size() - MOST_VALUES) + " more";
    }

    /** {@code driver: 580.159.04 against 575.57.08}. */
    public String words() {
        return what + ": " + baseline + " against " + contender;
    }
}
