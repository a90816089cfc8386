package io.gpushare.workload.server;

import io.gpushare.load.words.LoadWords;
import java.net.URI;
import java.util.Optional;

/**
 * A program that answers requests over HTTP, and what it is asked.
 *
 * @param url of one that runs already, and is neither started nor stopped; empty where gpushare starts it
 * @param readyPath answers with a status of success when the server is ready; empty where its first answers tell
 * @param warmUp requests that are sent one after another before it counts as ready
 */
public record ServerProgram(Optional<URI> url, Optional<String> readyPath, int warmUp, LoadWords load) {
    /** What is counted of a server unless somebody says otherwise. */
    public static final String REQUEST = "request";

    /** Counted by the events of streams as they come. */
    public static final String TOKEN = "token";

    public boolean attached() {
        return url.isPresent();
    }
}
