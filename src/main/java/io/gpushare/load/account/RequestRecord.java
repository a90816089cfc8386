package io.gpushare.load.account;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One request as it went. Moments are of one monotonic clock, in nanoseconds.
 *
 * @param number from 0, in the order of sending
 * @param kind which of the mix, from 0
 * @param intendedNanos when it was meant to be sent; of a client that waits for answers, when it began
 * @param dispatchedNanos when it was taken in hand
 */
public record RequestRecord(long number, int kind, long intendedNanos, long dispatchedNanos, Answer answer) {

    /** From when it was meant to be sent to the end of the answer. */
    public long latencyNanos() {
        return answer.endedNanos() - intendedNanos;
    }

    /** From when it was sent in fact. Empty where it was not. */
    public OptionalLong uncorrectedNanos() {
        return answer.sentNanos().isPresent()
                ? OptionalLong.of(answer.endedNanos() - answer.sentNanos().getAsLong())
                : OptionalLong.empty();
    }

    /** From when it was meant to be sent to the first token. */
    public OptionalLong firstTokenNanos() {
        OptionalLong first = answer.tokens().map(TokenTimes::firstNanos).orElse(OptionalLong.empty());
        return first.isPresent() ? OptionalLong.of(first.getAsLong() - intendedNanos) : OptionalLong.empty();
    }

    /** (end-to-end − TTFT)/(n − 1), of two tokens or more. */
    public OptionalDouble perOutputTokenNanos() {
        int tokens = answer.tokens().map(TokenTimes::count).orElse(0);
        OptionalLong first = firstTokenNanos();
        return tokens > 1 && first.isPresent()
                ? OptionalDouble.of((double) (latencyNanos() - first.getAsLong()) / (tokens - 1))
                : OptionalDouble.empty();
    }
}
