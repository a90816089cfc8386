package io.gpushare.load;

import io.gpushare.load.arrival.Arrivals;
import java.time.Duration;
import java.util.Optional;

/** Who decides when a request is sent. */
public sealed interface LoadShape {
    int MOST_CLIENTS = 100_000;

    /**
     * The clock alone does: slow answers hold nothing back.
     *
     * @param mostUnderWay requests at once; what would come on top is dropped, counted and said
     */
    record Open(Arrivals arrivals, int mostUnderWay) implements LoadShape {}

    /** Clients do, each of which waits for its answer and then thinks. */
    record Closed(int clients, Optional<Duration> think) implements LoadShape {
        public Closed {
            if (clients < 1 || clients > MOST_CLIENTS) {
                throw new IllegalArgumentException("clients are from 1 to " + MOST_CLIENTS + ", got " + clients);
            }
        }
    }
}
