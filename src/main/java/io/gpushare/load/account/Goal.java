package io.gpushare.load.account;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What makes a request a good one: bounds on what it took, in nanoseconds. */
public record Goal(List<Limit> limits) {
    public static final Goal NONE = new Goal(List.of());

    /** @param of latency, time to the first token, time per output token, or the mean gap between tokens */
    public record Limit(LoadMetric of, double nanos) {}

    public Goal {
        limits = List.copyOf(limits);
    }

    public boolean isSet() {
        return !limits.isEmpty();
    }

    /** An answer of one token has no time per output token, and keeps each bound on it. */
    boolean keeps(RequestRecord request) {
        return request.answer().ending() == Ending.DONE
                && limits.stream().allMatch(limit -> taken(limit.of(), request) <= limit.nanos());
    }

    private static double taken(LoadMetric metric, RequestRecord request) {
        return switch (metric) {
            case REQUEST_LATENCY -> request.latencyNanos();
            case TIME_TO_FIRST_TOKEN -> or(request.firstTokenNanos(), Double.POSITIVE_INFINITY);
            case TIME_PER_OUTPUT_TOKEN -> or(request.perOutputTokenNanos());
            case REQUEST_LATENCY_UNCORRECTED, INTER_TOKEN_LATENCY, DISPATCH_LATENESS ->
                throw new IllegalArgumentException("no request is good by its " + metric.key());
        };
    }

    private static double or(OptionalLong value, double other) {
        return value.isPresent() ? value.getAsLong() : other;
    }

    private static double or(OptionalDouble value) {
        return value.orElse(0);
    }
}
