package io.gpushare.compare;

import java.util.Optional;

/**
 * What must not be: {@code p99/bert-infer>+10%}.
 *
 * @param text as it was given
 * @param metric a name that {@link MetricNames} knows, or a key
 */
public record Threshold(String text, String metric, Optional<String> variant, Direction direction, Limit limit) {

    public enum Direction {
        ABOVE,
        BELOW;

        boolean passes(double value, double limit) {
            return switch (this) {
                case ABOVE -> value > limit;
                case BELOW -> value < limit;
            };
        }
    }

    public sealed interface Limit {
        /** A limit on the change from the baseline, in percent. */
        record Relative(double percent) implements Limit {}

        /**
         * On the contender's mean.
         *
         * @param unit as it was given; empty: the metric's
         */
        record Absolute(double value, String unit) implements Limit {}
    }
}
