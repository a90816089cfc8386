package io.gpushare.load.scenario;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How MLPerf Inference's LoadGen asks: who decides when the next query comes, and which number is the result. */
public enum Scenario {
    /** One query at a time, of one sample. Its result is the 90th percentile of latency. */
    SINGLE_STREAM,
    /** One query at a time, of eight samples. Its result is the 99th percentile of latency. */
    MULTI_STREAM,
    /** Queries come by Poisson's gaps, whatever becomes of those before. Its result is the rate that keeps a bound. */
    SERVER,
    /** All samples are there from the beginning. Its result is the throughput. */
    OFFLINE;

    /** The shortest that an official run may be, in every scenario. */
    public static final Duration OFFICIAL_DURATION = Duration.ofMinutes(10);

    /** The fewest samples of an official run offline. */
    public static final long OFFICIAL_OFFLINE_SAMPLES = 24_576;

    private static final int STREAMS = 8;

    /** Queries at once, where all samples are there from the beginning. */
    private static final int OFFLINE_QUERIES = 64;

    /** As in {@code single-stream}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException with a sentence, for a name that none has */
    public static Scenario named(String name) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is no scenario of MLPerf; there are "
                        + Arrays.stream(values()).map(Scenario::toString).collect(Collectors.joining(", "))));
    }

    /** Of a query, where nothing else is said. */
    public int usualSamples() {
        return this == MULTI_STREAM ? STREAMS : 1;
    }

    /** Whether queries come at a rate, which somebody has to say. */
    public boolean takesRate() {
        return this == SERVER;
    }

    /** Whether somebody may say how many queries there are at once. */
    public boolean takesClients() {
        return this == OFFLINE;
    }

    /** Queries at once, where each waits for the one before. */
    public int usualClients() {
        return this == OFFLINE ? OFFLINE_QUERIES : 1;
    }

    /** The percentile of latency that is asked for, as a share; offline asks for none, and is told p99 all the same. */
    public double percentile() {
        return this == SINGLE_STREAM ? 0.9 : 0.99;
    }
}
