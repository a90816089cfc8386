package io.gpushare.compare;

import io.gpushare.study.metric.Metric;
import java.util.Optional;

/**
 * What came of a threshold.
 *
 * @param pair of the groups where it was looked at; empty when it was about nothing that was compared
 * @param metric empty when there is none of that name
 * @param sentence with the numbers
 */
public record ThresholdOutcome(
        Threshold threshold, Optional<Pair> pair, Optional<Metric> metric, Result result, String sentence) {

    public enum Result {
        KEPT("kept"),
        /** The mean is beyond the threshold, and noise alone could put it there. */
        NOISE("kept (noise)"),
        BROKEN("broken"),
        /** It cannot be told, and so it fails. */
        MISSING("not checked");

        private final String words;

        Result(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    public boolean fails() {
        return switch (result) {
            case KEPT, NOISE -> false;
            case BROKEN, MISSING -> true;
        };
    }
}
