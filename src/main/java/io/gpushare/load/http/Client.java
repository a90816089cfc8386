package io.gpushare.load.http;

import io.gpushare.load.account.Answer;
import io.gpushare.load.request.Request;

/** Sends requests, from as many threads as there are requests under way. */
public interface Client extends AutoCloseable {
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
