package io.gpushare.load.account;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * When the tokens of an answer came, by the events of its stream: a server that puts several tokens into one event
 * makes it look as if there were fewer.
 */
public final class TokenTimes {
    private final long[] nanos;
    private final OptionalInt stated;

    /**
     * @param nanos of each event that holds text, in order; taken as its own
     * @param stated how many tokens the server says that it made
     */
    public TokenTimes(long[] nanos, OptionalInt stated) {
        this.nanos = nanos;
        this.stated = stated;
    }

    public int count() {
        return nanos.length;
    }

    public OptionalInt stated() {
        return stated;
    }

    public OptionalLong firstNanos() {
        return nanos.length == 0 ? OptionalLong.empty() : OptionalLong.of(nanos[0]);
    }

    /** Between each event and the one before. */
    public long[] gapsNanos() {
        long[] gaps = new long[Math.max(0, nanos.length - 1)];
        Arrays.setAll(gaps, i -> nanos[i + 1] - nanos[i]);
        return gaps;
    }

    long[] nanos() {
        return nanos;
    }
}
