package io.gpushare.platform;

import io.gpushare.failure.GpushareException;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** NVIDIA's dcgm-exporter, asked over HTTP. It may be away, slow, or something else that answers at that address. */
public final class DcgmExporter implements SensorSource {
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A host of eight GPUs in 56 instances, in a cluster that labels all of them, says less than 1 MiB. */
    private static final int MOST_BYTES = 8 << 20;

    private static final int GOOD = 200;
    private static final String PATH = "/metrics";

    private final HttpRequest question;
    private final Predicate<String> watched;
    private final Duration patience;

    DcgmExporter(URI uri, Predicate<String> watched, Duration patience) {
        this.question = HttpRequest.newBuilder(uri).timeout(patience).build();
        this.watched = watched;
        this.patience = patience;
    }

    /**
     * As people type it: {@code host:9400} is {@code http://host:9400/metrics}.
     *
     * @throws GpushareException (status USAGE) for what names no such thing
     */
    public static URI address(String typed) {
        try {
            URI uri = URI.create(typed.contains("://") ? typed : "http://" + typed);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null) {
                boolean noPath = uri.getPath().isEmpty() || uri.getPath().equals("/");
                return noPath ? uri.resolve(PATH) : uri;
            }
        } catch (IllegalArgumentException noAddress) {
            throw wrong(typed, noAddress);
        }
        throw wrong(typed, null);
    }

    private static GpushareException wrong(String typed, @Nullable IllegalArgumentException cause) {
        String sentence = "'" + typed + "' is no address of a dcgm-exporter";
        String advice = "It is written like http://localhost:9400/metrics, without a password.";
        return GpushareException.usage(sentence, advice, cause);
    }

    @Override
    public String name() {
        return "dcgm";
    }

    @Override
    public String door() {
        return "dcgm";
    }

    @Override
    public Reading<List<SensorReading>> read() {
        // One for each question: nothing is left open however the run ends.
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .build();
        CompletableFuture<HttpResponse<byte[]>> asked =
                client.sendAsync(question, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            HttpResponse<byte[]> answer = asked.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return answer.statusCode() == GOOD
                    ? DcgmSeries.in(new String(answer.body(), StandardCharsets.UTF_8), watched)
                    : noAnswer("it answered with status " + answer.statusCode());
        } catch (TimeoutException slow) {
            return noAnswer("the exporter took more than " + patience.toSeconds() + " s");
        } catch (ExecutionException failure) {
            return noAnswer(words(failure.getCause()));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return Reading.notMeasured("sampling ended");
        } finally {
            client.shutdownNow();
        }
    }

    /** Whoever wants its series says so: it may be started later. */
    @Override
    public boolean over() {
        return false;
    }

    private static String words(@Nullable Throwable failure) {
        if (failure == null) {
            return "it failed";
        }
        String message = failure instanceof IOException && failure.getMessage() != null ? failure.getMessage() : "";
        return failure.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message);
    }

    private static Reading<List<SensorReading>> noAnswer(String why) {
        return Reading.absent(new Absence(Absence.Kind.NO_ANSWER, why));
    }
}
