package io.gpushare.workload.protocol;

import io.gpushare.analysis.LatencyCounts;
import java.util.Arrays;
import java.util.Optional;

/**
 * Collects the buckets of one window, in whatever order they come. Used again for the next, so it allocates nothing.
 */
final class LatencyScratch {
    /** Above any count of steps in a window, and low enough for sums of windows not to overflow. */
    static final long MOST = (1L << 40) - 1;

    private static final int LONGEST_BUCKET = 5;

    /** Bucket and count in one number, so that sorting by bucket is sorting numbers. */
    private long[] entries = new long[128];

    private int size;
    private long total;
    private boolean ascending = true;
    private String wrongBucket = "";
    private String emptyBucket = "";

    void clear() {
        size = 0;
        total = 0;
        ascending = true;
        wrongBucket = "";
        emptyBucket = "";
    }

    void add(String bucketText, long count) {
        int bucket = bucket(bucketText);
        if (bucket < 0) {
            wrongBucket = bucketText.isEmpty() ? " " : bucketText;
            return;
        }
        if (count == 0) {
            emptyBucket = bucketText;
            return;
        }
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, 2 * size);
        }
        entries[size] = (long) bucket << 40 | count;
        ascending = ascending && (size == 0 || entries[size - 1] >>> 40 < bucket);
        size++;
        total += count;
    }

    /** Why these are no counts, if so. Ask before {@link #counts()}. */
    Optional<String> problem() {
        if (!wrongBucket.isEmpty()) {
            return Optional.of("has the bucket '" + Excerpt.of(wrongBucket) + "'; buckets are whole numbers from 0 to "
                    + LatencyCounts.LAST_BUCKET);
        }
        if (!emptyBucket.isEmpty()) {
            return Optional.of("has a count of 0 in the bucket " + emptyBucket + "; such buckets are left out");
        }
        if (total > MOST) {
            return Optional.of("counts more than " + MOST + " latencies");
        }
        if (!ascending) {
            Arrays.sort(entries, 0, size);
            for (int i = 1; i < size; i++) {
                if (entries[i - 1] >>> 40 == entries[i] >>> 40) {
                    return Optional.of("has the bucket " + (entries[i] >>> 40) + " twice");
                }
            }
        }
        return Optional.empty();
    }

    LatencyCounts counts() {
        int[] buckets = new int[size];
        long[] counts = new long[size];
        for (int i = 0; i < size; i++) {
            buckets[i] = (int) (entries[i] >>> 40);
            counts[i] = entries[i] & MOST;
        }
        return LatencyCounts.ofAscending(buckets, counts);
    }

    /** -1 for what is none. */
    private static int bucket(String text) {
        int length = text.length();
        if (length == 0 || length > LONGEST_BUCKET || (length > 1 && text.charAt(0) == '0')) {
            return -1;
        }
        int bucket = 0;
        for (int i = 0; i < length; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            bucket = 10 * bucket + digit;
        }
        return bucket <= LatencyCounts.LAST_BUCKET ? bucket : -1;
    }
}
