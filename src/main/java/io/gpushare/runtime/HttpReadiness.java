package io.gpushare.runtime;

import io.gpushare.time.Time;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Asks until somebody answers. */
public final class HttpReadiness {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int GOOD = 200;
    private static final int NO_LONGER_GOOD = 300;

    private final URI uri;
    private final Time time;

    public HttpReadiness(URI uri, Time time) {
        this.uri = uri;
        this.time = time;
    }

    /** Whether it came while anybody waited. */
    public boolean await(BooleanSupplier wanted) {
        HttpRequest question = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            return until(() -> isGood(client, question), wanted, time);
        }
    }

    /** Asks until the answer is good. Whether it came while anybody waited. */
    public static boolean until(BooleanSupplier good, BooleanSupplier wanted, Time time) {
        while (wanted.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
            if (good.getAsBoolean()) {
                return true;
            }
            time.pause(PAUSE);
        }
        return false;
    }

    private static boolean isGood(HttpClient client, HttpRequest question) {
        try {
            int status = client.send(question, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            return status >= GOOD && status < NO_LONGER_GOOD;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
