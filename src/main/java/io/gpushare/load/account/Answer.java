package io.gpushare.load.account;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What came of sending a request.
 *
 * @param status of HTTP, where there was one
 * @param sentNanos when the first byte was given to a connection; empty where there was none
 * @param firstNanos when the first byte of the answer came
 * @param tokens where the answer was a stream of them
 */
public record Answer(
        Ending ending,
        OptionalInt status,
        OptionalLong sentNanos,
        OptionalLong firstNanos,
        long endedNanos,
        long receivedBytes,
        Optional<TokenTimes> tokens) {

    /** The same, that ended otherwise. */
    public Answer with(Ending newEnding) {
        return new Answer(newEnding, status, sentNanos, firstNanos, endedNanos, receivedBytes, tokens);
    }
}
