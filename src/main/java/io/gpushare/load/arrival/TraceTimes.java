package io.gpushare.load.arrival;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gpushare.file.RegularFile;
import io.gpushare.text.Numbers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Recorded arrivals, from the first one on. A file has a time a line: a number of seconds, perhaps with more behind a
 * comma; or JSON with {@code timestamp} in milliseconds, as the traces of Mooncake have it.
 */
public final class TraceTimes {
    private static final int LARGEST_FILE_BYTES = 64 << 20;
    private static final JsonMapper JSON = new JsonMapper();

    /** Ascending, the first is 0. */
    private final long[] nanos;

    private TraceTimes(long[] nanos) {
        this.nanos = nanos;
    }

    /** @param seconds ascending, at any origin */
    public static TraceTimes of(double... seconds) {
        if (seconds.length == 0) {
            throw new IllegalArgumentException("the trace holds no times");
        }
        long[] nanos = new long[seconds.length];
        for (int i = 0; i < seconds.length; i++) {
            if (i > 0 && seconds[i] < seconds[i - 1]) {
                throw new IllegalArgumentException("time " + (i + 1) + " of the trace lies before the one above it");
            }
            nanos[i] = Math.round((seconds[i] - seconds[0]) * 1e9);
        }
        return new TraceTimes(nanos);
    }

    /** @throws IllegalArgumentException with a sentence about the file */
    public static TraceTimes read(Path file) {
        try {
            List<String> lines =
                    RegularFile.readText(file, LARGEST_FILE_BYTES).lines().toList();
            return of(IntStream.range(0, lines.size())
                    .filter(i -> !lines.get(i).isBlank() && !lines.get(i).startsWith("#"))
                    .mapToDouble(i -> seconds(file, i + 1, lines.get(i).strip()))
                    .toArray());
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(file + ": " + RegularFile.reason(unreadable), unreadable);
        }
    }

    private static double seconds(Path file, int line, String text) {
        try {
            return text.startsWith("{") ? milliseconds(text) / 1e3 : Numbers.decimal(text.split(",", 2)[0].strip());
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(file + ", line " + line + ": " + wrong.getMessage(), wrong);
        }
    }

    private static double milliseconds(String text) {
        try {
            JsonNode timestamp = JSON.readTree(text).path("timestamp");
            if (timestamp.isNumber()) {
                return timestamp.asDouble();
            }
        } catch (JsonProcessingException noJson) {
            throw new IllegalArgumentException("it is no JSON", noJson);
        }
        throw new IllegalArgumentException("there is no number 'timestamp'");
    }

    long countWithin(Duration from, Duration to) {
        return Arrays.stream(nanos)
                .filter(time -> time >= from.toNanos() && time < to.toNanos())
                .count();
    }

    Schedule schedule(Duration end) {
        return new Schedule() {
            private int next;

            @Override
            public OptionalLong next() {
                boolean over = next == nanos.length || nanos[next] >= end.toNanos();
                return over ? OptionalLong.empty() : OptionalLong.of(nanos[next++]);
            }
        };
    }
}
