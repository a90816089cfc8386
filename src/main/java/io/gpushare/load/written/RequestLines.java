package io.gpushare.load.written;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.gpushare.load.account.Answer;
import io.gpushare.load.account.RequestRecord;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A line of JSON for each request of the measurement, as it ends. */
public final class RequestLines implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final double NANOS_PER_MS = 1e6;

    private final JsonGenerator json;

    private RequestLines(JsonGenerator json) {
        this.json = json;
    }

    /** @param file that there is not yet */
    public static RequestLines create(Path file) throws IOException {
        return new RequestLines(new JsonFactory()
                .createGenerator(
                        new BufferedOutputStream(
                                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                                BUFFER_BYTES),
                        JsonEncoding.UTF8)
                .setPrettyPrinter(new MinimalPrettyPrinter("\n")));
    }

    /** From any thread. */
    public synchronized void add(RequestRecord request, String kind, long measurementNanos) {
        Answer answer = request.answer();
        try {
            json.writeStartObject();
            json.writeNumberField("number", request.number());
            json.writeStringField("kind", kind);
            json.writeNumberField("intended_s", (request.intendedNanos() - measurementNanos) / 1e9);
            json.writeNumberField("lateness_ms", (request.dispatchedNanos() - request.intendedNanos()) / NANOS_PER_MS);
            json.writeStringField("ending", answer.ending().key());
            if (answer.status().isPresent()) {
                json.writeNumberField("status", answer.status().getAsInt());
            }
            json.writeNumberField("request_latency_ms", request.latencyNanos() / NANOS_PER_MS);
            milliseconds("request_latency_uncorrected_ms", request.uncorrectedNanos());
            milliseconds("time_to_first_token_ms", request.firstTokenNanos());
            OptionalDouble perToken = request.perOutputTokenNanos();
            if (perToken.isPresent()) {
                json.writeNumberField("time_per_output_token_ms", perToken.getAsDouble() / NANOS_PER_MS);
            }
            json.writeNumberField("received_bytes", answer.receivedBytes());
            if (answer.tokens().isPresent()) {
                json.writeNumberField("output_tokens", answer.tokens().get().count());
            }
            json.writeEndObject();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void milliseconds(String name, OptionalLong nanos) throws IOException {
        if (nanos.isPresent()) {
            json.writeNumberField(name, nanos.getAsLong() / NANOS_PER_MS);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        json.writeRaw('\n');
        json.close();
    }
}
