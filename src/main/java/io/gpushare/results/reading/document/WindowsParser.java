package io.gpushare.results.reading.document;

import io.gpushare.analysis.LatencyCounts;
import java.io.IOException;
import java.util.Arrays;

/** Reads lists of windows without making an object of any. */
public final class WindowsParser {
    /** Sums over as many windows as a file can hold do not overflow then. */
    private static final long MOST_LATENCIES = 1L << 32;

    private static final long MOST_STEPS = 1L << 36;

    private static final double LARGEST = 1e18;
    private static final int FROM = 1;
    private static final int UNTIL = 2;
    private static final int UNITS = 4;
    private static final int STEPS = 8;
    private static final int COUNTED = 16;
    private static final int LATENCY = 32;
    private static final int ALL = 63;

    private int[] buckets = new int[256];
    private long[] counts = new long[256];
    private int size;
    /** By bucket, the number of the window that had it last. */
    private final long[] seen = new long[LatencyCounts.LAST_BUCKET + 1];

    private long windowNumber;

    /** From behind the opening bracket up to the closing one. */
    public void read(JsonTokens tokens, WindowSink sink) throws IOException, DamagedFileException {
        int next = tokens.next();
        if (next == ']') {
            return;
        }
        for (int place = 0; ; place++) {
            try {
                if (next != '{') {
                    throw tokens.unexpected(next, "'{'");
                }
                window(tokens, sink);
            } catch (DamagedFileException damage) {
                throw damage.at("window " + place);
            }
            if (!tokens.another(']')) {
                return;
            }
            next = tokens.next();
        }
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
        do {
            tokens.expect('"');
            String name = tokens.name();
            tokens.expect(':');
            int field;
            switch (name) {
                case "from_s" -> {
                    field = FROM;
                    fromS = amount(tokens, name);
                }
                case "until_s" -> {
                    field = UNTIL;
                    untilS = amount(tokens, name);
                }
                case "units" -> {
                    field = UNITS;
                    units = amount(tokens, name);
                }
                case "steps" -> {
                    field = STEPS;
                    steps = tokens.count();
                    if (steps > MOST_STEPS) {
                        throw new DamagedFileException("has 'steps' " + steps);
                    }
                }
                case "counted" -> {
                    field = COUNTED;
                    counted = tokens.truth();
                }
                case "latency" -> {
                    field = LATENCY;
                    latency(tokens);
                }
                default -> throw new DamagedFileException("has '" + name + "', which no window has");
            }
            if ((there & field) != 0) {
                throw new DamagedFileException("has '" + name + "' twice");
            }
            there |= field;
        } while (tokens.another('}'));
        if (there != ALL) {
            throw new DamagedFileException("lacks " + missing(there));
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

    private void latency(JsonTokens tokens) throws IOException, DamagedFileException {
        tokens.expect('{');
        int next = tokens.next();
        if (next == '}') {
            return;
        }
        while (true) {
            if (next != '"') {
                throw tokens.unexpected(next, "a bucket in quotes");
            }
            int bucket = tokens.bucket(LatencyCounts.LAST_BUCKET);
            if (bucket < 0) {
                throw new DamagedFileException("has a latency bucket that is no number from 0 to "
                        + LatencyCounts.LAST_BUCKET + tokens.where());
            }
            if (seen[bucket] == windowNumber) {
                throw new DamagedFileException("has the latency bucket " + bucket + " twice");
            }
            seen[bucket] = windowNumber;
            tokens.expect(':');
            long count = tokens.count();
            if (count < 1 || count > MOST_LATENCIES) {
                throw new DamagedFileException("has a count of " + count + " in the latency bucket " + bucket);
            }
            add(bucket, count);
            if (!tokens.another('}')) {
                return;
            }
            next = tokens.next();
        }
    }

    private void add(int bucket, long count) {
        if (size == buckets.length) {
            buckets = Arrays.copyOf(buckets, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
        }
        buckets[size] = bucket;
        counts[size++] = count;
    }

    private static String missing(int there) {
        String[] names = {"from_s", "until_s", "units", "steps", "counted", "latency"};
        for (int i = 0; i < names.length; i++) {
            if ((there & 1 << i) == 0) {
                return "'" + names[i] + "'";
            }
        }
        throw new IllegalStateException("nothing is missing");
    }
}
