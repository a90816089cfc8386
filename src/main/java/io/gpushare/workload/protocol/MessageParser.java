package io.gpushare.workload.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.analysis.CoreLoops;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.workload.protocol.TenantMessage.Device;
import io.gpushare.workload.protocol.TenantMessage.Failure;
import io.gpushare.workload.protocol.TenantMessage.Hello;
import io.gpushare.workload.protocol.TenantMessage.Ready;
import io.gpushare.workload.protocol.TenantMessage.Result;
import io.gpushare.workload.protocol.TenantMessage.Started;
import io.gpushare.workload.protocol.TenantMessage.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Makes messages of lines that begin as messages. Not thread safe. */
final class MessageParser {
    /** Names are not interned: a tenant may make up as many as it likes. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private static final ObjectMapper TREES = new ObjectMapper(JSON)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            // Keeps numbers beyond a double as they are.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private static final byte[] USUAL_OPENING = "{\"gpushare\":1,\"type\":\"".getBytes(StandardCharsets.US_ASCII);

    private static final long ANY = Long.MAX_VALUE;
    private static final long MOST_CORES = 1L << 20;
    private static final int MOST_LOOPS = 10_000;

    private final LatencyScratch latency = new LatencyScratch();

    /** @param bytes a line that {@link LineHead} calls a message, without its line feed */
    TenantMessage parse(byte[] bytes, int offset, int count) throws ProtocolViolationException {
        requireUtf8(bytes, offset, count);
        try (JsonParser json = JSON.createParser(bytes, offset, count)) {
            json.nextToken();
            TenantMessage message = message(type(bytes, offset, count), json);
            if (json.nextToken() != null) {
                throw new ProtocolViolationException("something follows the end of a message");
            }
            return message;
        } catch (JsonProcessingException e) {
            throw new ProtocolViolationException("a message is no JSON (" + Excerpt.of(e.getOriginalMessage()) + ")");
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private static void requireUtf8(byte[] bytes, int offset, int count) throws ProtocolViolationException {
        int signs = 0;
        for (int i = offset; i < offset + count; i++) {
            signs |= bytes[i];
        }
        if (signs >= 0) {
            return;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, count));
        } catch (CharacterCodingException e) {
            throw new ProtocolViolationException("a message is not in UTF-8");
        }
    }

    /** Usually the second field, where a look at the bytes is enough; else a parser goes ahead. */
    private static String type(byte[] bytes, int offset, int count) throws IOException, ProtocolViolationException {
        int from = offset + USUAL_OPENING.length;
        int end = offset + count;
        if (Arrays.equals(bytes, offset, Math.min(from, end), USUAL_OPENING, 0, USUAL_OPENING.length)) {
            int at = from;
            while (at < end && bytes[at] >= 'a' && bytes[at] <= 'z') {
                at++;
            }
            if (at < end && bytes[at] == '"') {
                return new String(bytes, from, at - from, StandardCharsets.US_ASCII);
            }
        }
        try (JsonParser ahead = JSON.createParser(bytes, offset, count)) {
            ahead.nextToken();
            while (ahead.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = ahead.currentName().equals("type");
                JsonToken value = ahead.nextToken();
                if (found && value == JsonToken.VALUE_STRING) {
                    return ahead.getText();
                }
                if (found) {
                    throw new ProtocolViolationException("'type' of a message must be a string");
                }
                ahead.skipChildren();
            }
        }
        throw new ProtocolViolationException("a message lacks 'type'");
    }

    private TenantMessage message(String type, JsonParser json) throws IOException, ProtocolViolationException {
        return switch (type) {
            case "hello" -> hello(new Fields(json, TREES, "a hello message"));
            case "ready" -> ready(new Fields(json, TREES, "a ready message"));
            case "started" -> started(new Fields(json, TREES, "a started message"));
            case "window" -> window(new Fields(json, TREES, "a window message"));
            case "result" -> result(new Fields(json, TREES, "a result message"));
            case "error" -> failure(new Fields(json, TREES, "an error message"));
            default ->
                throw new ProtocolViolationException("there is no message of type '" + Excerpt.of(type)
                        + "', only hello, ready, started, window, result and error");
        };
    }

    private static TenantMessage hello(Fields fields) throws IOException, ProtocolViolationException {
        String workload = "";
        Map<String, String> versions = Map.of();
        Map<String, String> settings = Map.of();
        int pid = 0;
        Optional<Device> device = Optional.empty();
        while (fields.nextOfMessage()) {
            switch (fields.name()) {
                case "workload" -> workload = fields.text();
                case "versions" -> versions = fields.texts();
                case "settings" -> settings = fields.texts();
                case "pid" -> pid = (int) fields.count(Integer.MAX_VALUE);
                case "device" -> device = device(fields);
                default -> fields.keep();
            }
        }
        fields.require("workload", "versions", "pid", "settings");
        return new Hello(workload, versions, pid, device, settings, fields.more());
    }

    private static Optional<Device> device(Fields hello) throws IOException, ProtocolViolationException {
        Optional<Fields> there = hello.object("the device in a hello message");
        if (there.isEmpty()) {
            return Optional.empty();
        }
        Fields fields = there.get();
        String name = "";
        Optional<String> uuid = Optional.empty();
        OptionalLong smCount = OptionalLong.empty();
        OptionalLong memoryBytes = OptionalLong.empty();
        OptionalLong freeBytes = OptionalLong.empty();
        while (fields.next()) {
            switch (fields.name()) {
                case "name" -> name = fields.text();
                case "uuid" -> uuid = fields.optionalText();
                case "sm_count" -> smCount = fields.optionalCount(Integer.MAX_VALUE);
                case "memory_bytes" -> memoryBytes = fields.optionalCount(ANY);
                case "memory_free_bytes" -> freeBytes = fields.optionalCount(ANY);
                default -> fields.keep();
            }
        }
        fields.require("name");
        hello.keepOf("device", fields);
        OptionalInt sms = smCount.isPresent() ? OptionalInt.of((int) smCount.getAsLong()) : OptionalInt.empty();
        return Optional.of(new Device(name, uuid, sms, memoryBytes, freeBytes));
    }

    private static TenantMessage ready(Fields fields) throws IOException, ProtocolViolationException {
        double loadS = 0;
        double warmupS = 0;
        while (fields.nextOfMessage()) {
            switch (fields.name()) {
                case "load_s" -> loadS = fields.number();
                case "warmup_s" -> warmupS = fields.number();
                default -> fields.keep();
            }
        }
        fields.require("load_s", "warmup_s");
        return new Ready(loadS, warmupS, fields.more());
    }

    private static TenantMessage started(Fields fields) throws IOException, ProtocolViolationException {
        long lateNanos = 0;
        while (fields.nextOfMessage()) {
            switch (fields.name()) {
                case "late_ns" -> lateNanos = fields.count(ANY);
                default -> fields.keep();
            }
        }
        fields.require("late_ns");
        return new Started(lateNanos, fields.more());
    }

    private TenantMessage window(Fields fields) throws IOException, ProtocolViolationException {
        int index = 0;
        long fromNanos = 0;
        long untilNanos = 0;
        double units = 0;
        long steps = 0;
        OptionalLong activeNanos = OptionalLong.empty();
        LatencyCounts latencies = LatencyCounts.NONE;
        Optional<CoreLoops> core = Optional.empty();
        while (fields.nextOfMessage()) {
            switch (fields.name()) {
                case "index" -> index = (int) fields.count(Integer.MAX_VALUE);
                case "from_ns" -> fromNanos = fields.count(ANY);
                case "until_ns" -> untilNanos = fields.count(ANY);
                case "units" -> units = fields.number();
                case "steps" -> steps = fields.count(LatencyScratch.MOST);
                case "active_ns" -> activeNanos = fields.optionalCount(ANY);
                case "latency" -> latencies = fields.latency(latency);
                case "core" -> core = core(fields);
                default -> fields.keep();
            }
        }
        fields.require("index", "from_ns", "until_ns", "units", "steps", "latency");
        if (untilNanos < fromNanos) {
            throw new ProtocolViolationException("a window ends before it begins");
        }
        long latencyCount = latencies.count();
        if (latencyCount != 0 && latencyCount != steps) {
            throw new ProtocolViolationException("a window message counts " + latencyCount + " latencies of " + steps
                    + " steps; each step has one, or none has");
        }
        return new Window(index, fromNanos, untilNanos, units, steps, activeNanos, latencies, core, fields.more());
    }

    private static Optional<CoreLoops> core(Fields window) throws IOException, ProtocolViolationException {
        Optional<Fields> there = window.object("the core in a window message");
        if (there.isEmpty()) {
            return Optional.empty();
        }
        Fields fields = there.get();
        OptionalLong number = OptionalLong.empty();
        List<Long> nanos = List.of();
        while (fields.next()) {
            switch (fields.name()) {
                case "cpu" -> number = fields.optionalCount(MOST_CORES);
                case "loops_ns" -> nanos = fields.counts(MOST_LOOPS, LatencyScratch.MOST);
                default -> fields.keep();
            }
        }
        fields.require("loops_ns");
        window.keepOf("core", fields);
        return Optional.of(new CoreLoops(
                number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty(), nanos));
    }

    private static TenantMessage result(Fields fields) throws IOException, ProtocolViolationException {
        double units = 0;
        long steps = 0;
        Map<String, Double> metrics = Map.of();
        while (fields.nextOfMessage()) {
            switch (fields.name()) {
                case "units" -> units = fields.number();
                case "steps" -> steps = fields.count(ANY);
                case "metrics" -> metrics = fields.numbers();
                default -> fields.keep();
            }
        }
        fields.require("units", "steps", "metrics");
        return new Result(units, steps, metrics, fields.more());
    }

    private static TenantMessage failure(Fields fields) throws IOException, ProtocolViolationException {
        String kind = "";
        String message = "";
        while (fields.nextOfMessage()) {
            switch (fields.name()) {
                case "kind" -> kind = fields.text();
                case "message" -> message = fields.text();
                default -> fields.keep();
            }
        }
        fields.require("kind", "message");
        return new Failure(kind, message, fields.more());
    }
}
