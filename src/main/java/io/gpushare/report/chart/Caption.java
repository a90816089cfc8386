package io.gpushare.report.chart;

import io.gpushare.study.Section;
import java.util.List;
import java.util.stream.IntStream;

/** What stands below a picture: where its numbers come from. */
final class Caption {
    private Caption() {}

    /** {@code NVIDIA H200 · driver 580.159.04 · n = 3 each}. */
    static String source(Section section, IntStream runs) {
        String n = count(runs);
        return section.title()
                + (section.simulated() ? "" : drivers(section.drivers()))
                + (n.isEmpty() ? "" : " · " + n);
    }

    private static String count(IntStream runs) {
        var counts = runs.summaryStatistics();
        if (counts.getCount() == 0) {
            return "";
        }
        if (counts.getMin() < counts.getMax()) {
            return "n = " + counts.getMin() + " to " + counts.getMax() + " runs";
        }
        return "n = " + counts.getMin() + (counts.getMin() == 1 ? " run" : " runs")
                + (counts.getCount() > 1 ? " each" : "");
    }

    private static String drivers(List<String> drivers) {
        if (drivers.isEmpty()) {
            return "";
        }
        return drivers.size() == 1 ? " · driver " + drivers.getFirst() : " · drivers " + String.join(", ", drivers);
    }

    /** {@code 3 of 7 mixes are shown, …}; empty when that is all of them. */
    static List<String> leftOut(int shown, int all, String things, String chosen) {
        return shown == all
                ? List.of()
                : List.of(shown + " of " + all + " " + things + (shown == 1 ? " is" : " are") + " shown: " + chosen
                        + ".");
    }
}
