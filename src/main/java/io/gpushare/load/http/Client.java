package io.gpushare.load.http;

import io.gpushare.load.account.Answer;
import io.gpushare.load.request.Request;
import io.gpushare.time.Time;
import java.util.OptionalInt;
import java.util.function.LongConsumer;

/** Sends requests, from as many threads as there are requests under way. */
public interface Client extends AutoCloseable {
    /**
     * How it behaves.
     *
     * @param http2 whether it speaks HTTP/2, and not HTTP/1.1
     * @param mostConnections open at once; empty for one a request under way, and with HTTP/2 for one
     * @param mostBodyBytes of an answer: more end the request
     * @param streamsTokens whether answers are read as streams of tokens
     */
    record Settings(boolean http2, OptionalInt mostConnections, long mostBodyBytes, boolean streamsTokens) {}

    /** @param tokens told when each token of any answer came, as it comes; from many threads at once */
    static Client of(Endpoint endpoint, Time time, Settings settings, LongConsumer tokens) {
        return settings.http2()
                ? new Http2Client(endpoint, time, settings, tokens)
                : new Http1Client(endpoint, time, settings, tokens);
    }

    /**
     * Sends one and takes its answer in. Whatever goes wrong stands in what is returned.
     *
     * @param deadlineNanos when it gives up
     */
    Answer send(Request request, long deadlineNanos);

    /** How many connections were opened. */
    long opened();

    /** How many are open now. */
    int open();

    /**
     * How many requests were sent once more on another connection, because the server had closed the one that was kept
     * before a byte of the answer came.
     */
    long repeated();

    /** Ends what is under way, too: it is {@linkplain io.gpushare.load.account.Ending#CUT_OFF cut off}. */
    @Override
    void close();
}
