package io.gpushare.runtime;

import java.util.List;

/**
 * How far the clock of a tenant's machine is ahead of this one's.
 *
 * @param errorNanos by how much that may be wrong, either way
 */
public record ClockOffset(long aheadNanos, long errorNanos) {
    /** Of a tenant on this machine. */
    public static final ClockOffset SAME_CLOCK = new ClockOffset(0, 0);

    /** By this machine's clock the question was sent and the answer came; by the other's it was answered between. */
    public record RoundTrip(long sentNanos, long answeredNanos, long receivedNanos) {
        private long least() {
            return answeredNanos - receivedNanos;
        }

        private long most() {
            return answeredNanos - sentNanos;
        }
    }

    /**
     * Each round trip says between which bounds the offset lies, and the tightest of them count. Where it may be
     * nothing, it is taken for nothing: two names of one machine have one clock.
     *
     * @param trips at least one
     */
    public static ClockOffset of(List<RoundTrip> trips) {
        long least = trips.stream().mapToLong(RoundTrip::least).max().orElseThrow();
        long most = trips.stream().mapToLong(RoundTrip::most).min().orElseThrow();
        if (least > most) { // A clock was set meanwhile: all that was seen is possible.
            least = trips.stream().mapToLong(RoundTrip::least).min().orElseThrow();
            most = trips.stream().mapToLong(RoundTrip::most).max().orElseThrow();
        }
        if (least <= 0 && most >= 0) {
            return new ClockOffset(0, Math.max(-least, most));
        }
        long middle = least + (most - least) / 2;
        return new ClockOffset(middle, Math.max(most - middle, middle - least));
    }
}
