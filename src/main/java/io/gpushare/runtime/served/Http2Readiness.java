package io.gpushare.runtime.served;

import io.gpushare.load.account.Ending;
import io.gpushare.load.http.Client;
import io.gpushare.load.http.Endpoint;
import io.gpushare.load.request.Request;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/** Asks until somebody answers, of a server that may know nothing but HTTP/2. */
record Http2Readiness(Endpoint endpoint, String path, Time time) {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Client.Settings ONE = new Client.Settings(true, OptionalInt.of(1), 1 << 20, false);

    /** Whether it came while anybody waited. */
    boolean await(BooleanSupplier wanted) {
        Request question = new Request(0, "GET", Optional.of(path), Map.of(), Request.Body.NONE);
        try (Client client = Client.of(endpoint, time, ONE, _ -> {})) {
            while (wanted.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
                if (client.send(question, time.nanos() + PATIENCE.toNanos()).ending() == Ending.DONE) {
                    return true;
                }
                time.pause(PAUSE);
            }
            return false;
        }
    }
}
