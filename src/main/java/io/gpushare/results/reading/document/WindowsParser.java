package io.gpushare.results.reading.document;

import com.fasterxml.jackson.core.JsonToken;
import io.gpushare.analysis.LatencyCounts;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Reads lists of windows without making an object of any. */
public final class WindowsParser {
    /** Sums over as many windows as a file can hold do not overflow then. */
    private static final long MOST_LATENCIES = 1L << 32;

    private static final long MOST_STEPS = 1L << 36;

    private static final double LARGEST = 1e18;
    /** Results of programs that do not look at the speed of their core lack it. */
    private static final String MAY_LACK = "core";

    private static final List<String> FIELDS =
            List.of("from_s", "until_s", "units", "steps", "counted", "latency", "core");

    private int[] buckets = new int[256];
    private long[] counts = new long[256];
    private int size;
    /** By bucket, the number of the window that had it last. */
    private final long[] seen = new long[LatencyCounts.LAST_BUCKET + 1];

    private long windowNumber;

    /** Reads a list of windows. */
    public void read(JsonTokens tokens, WindowSink sink) throws IOException, DamagedFileException {
        tokens.objects("window", () -> window(tokens, sink));
    }

    private void window(JsonTokens tokens, WindowSink sink) throws IOException, DamagedFileException {
        windowNumber++;
        size = 0;
        double fromS = 0;
        double untilS = 0;
        double units = 0;
        long steps = 0;
        boolean counted = false;
        int there = 0;
        while (tokens.another()) {
            String name = tokens.name();
            tokens.next();
            switch (name) {
                case "from_s" -> fromS = amount(tokens, name);
                case "until_s" -> untilS = amount(tokens, name);
                case "units" -> units = amount(tokens, name);
                case "steps" -> {
                    steps = tokens.count();
                    if (steps > MOST_STEPS) {
                        throw new DamagedFileException("has 'steps' " + steps);
                    }
                }
                case "counted" -> counted = tokens.truth();
                case "latency" -> latency(tokens);
                case "core" -> core(tokens);
                default ->
                    throw new DamagedFileException(
                            "has '" + DamagedFileException.shortened(name) + "', which no window has");
            }
            int field = 1 << FIELDS.indexOf(name);
            if ((there & field) != 0) {
                throw new DamagedFileException("has '" + name + "' twice");
            }
            there |= field;
        }
        for (int i = 0; i < FIELDS.indexOf(MAY_LACK); i++) {
            if ((there & 1 << i) == 0) {
                throw new DamagedFileException("lacks '" + FIELDS.get(i) + "'");
            }
        }
        if (fromS > untilS) {
            throw new DamagedFileException("ends (" + untilS + " s) before it begins (" + fromS + " s)");
        }
        sink.window(fromS, untilS, units, steps, counted, size, buckets, counts);
    }

    private static double amount(JsonTokens tokens, String name) throws IOException, DamagedFileException {
        double amount = tokens.number();
        if (amount < 0 || amount > LARGEST) {
            throw new DamagedFileException("has '" + name + "' " + amount);
        }
        return amount;
    }

    /** How fast a core was is concluded when a run is measured. */
    private static void core(JsonTokens tokens) throws IOException, DamagedFileException {
        tokens.require(JsonToken.START_OBJECT, "'{'");
        while (tokens.another()) {
            String name = tokens.name();
            tokens.next();
            switch (name) {
                case "cpu" -> tokens.countOrNothing();
                case "seen_by" -> tokens.require(JsonToken.VALUE_STRING, "a text");
                case "loops_ns" -> {
                    tokens.require(JsonToken.START_ARRAY, "'['");
                    while (tokens.another()) {
                        tokens.count();
                    }
                }
                default ->
                    throw new DamagedFileException(
                            "has '" + DamagedFileException.shortened(name) + "', which no core of a window has");
            }
        }
    }

    private void latency(JsonTokens tokens) throws IOException, DamagedFileException {
        tokens.require(JsonToken.START_OBJECT, "'{'");
        while (tokens.another()) {
            int bucket = bucket(tokens.name());
            if (seen[bucket] == windowNumber) {
                throw new DamagedFileException("has the latency bucket " + bucket + " twice");
            }
            seen[bucket] = windowNumber;
            tokens.next();
            long count = tokens.count();
            if (count < 1 || count > MOST_LATENCIES) {
                throw new DamagedFileException("has a count of " + count + " in the latency bucket " + bucket);
            }
            add(bucket, count);
        }
    }

    /** A number as it is written by itself: without sign or zeros before it. */
    private static int bucket(String name) throws DamagedFileException {
        int bucket = 0;
        for (int i = 0; i < name.length() && bucket >= 0; i++) {
            int digit = name.charAt(i) - '0';
            boolean valid = digit >= 0 && digit <= 9 && !(i > 0 && bucket == 0);
            bucket = valid ? 10 * bucket + digit : -1;
            if (bucket > LatencyCounts.LAST_BUCKET) {
                bucket = -1;
            }
        }
        if (bucket < 0 || name.isEmpty()) {
            throw new DamagedFileException(
                    "has a latency bucket that is no number from 0 to " + LatencyCounts.LAST_BUCKET);
        }
        return bucket;
    }

    private void add(int bucket, long count) {
        if (size == buckets.length) {
            buckets = Arrays.copyOf(buckets, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
        }
        buckets[size] = bucket;
        counts[size++] = count;
    }
}
