package io.gpushare.run.stage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.file.LockedFile;
import io.gpushare.file.WriteFailure;
import io.gpushare.workload.protocol.TenantMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run has measured so far, a line of JSON an event, for the case that it never comes to its end. It goes when
 * the result is there. A disk that takes no more ends the journal, not the run.
 */
public final class RunJournal implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path file;
    private @Nullable OutputStream out;
    private @Nullable String failure;

    private RunJournal(Path file, OutputStream out) {
        this.file = file;
        this.out = out;
    }

    public static RunJournal create(Path file) throws IOException {
        return new RunJournal(file, LockedFile.create(file));
    }

    /** The first line. */
    public void begins(ObjectNode header) {
        write("run", header);
    }

    void stageStarts(String stage, long atUnixNanos) {
        write("start", node().put("stage", stage).put("at_unix_ns", atUnixNanos));
    }

    void said(String stage, int tenant, TenantMessage message) {
        ObjectNode line = node().put("stage", stage).put("tenant", tenant);
        switch (message) {
            case TenantMessage.Hello hello -> write("hello", line.put("workload", hello.workload()));
            case TenantMessage.Ready ready ->
                write("ready", line.put("load_s", ready.loadS()).put("warmup_s", ready.warmupS()));
            case TenantMessage.Started started -> write("started", line.put("late_ns", started.lateNanos()));
            case TenantMessage.Window window -> write("window", putWindow(line, window));
            case TenantMessage.Result result ->
                write("result", line.put("units", result.units()).put("steps", result.steps()));
            case TenantMessage.Failure failed ->
                write("error", line.put("kind", failed.kind()).put("message", failed.message()));
        }
    }

    private static ObjectNode putWindow(ObjectNode line, TenantMessage.Window window) {
        line.put("from_ns", window.fromNanos())
                .put("until_ns", window.untilNanos())
                .put("units", window.units())
                .put("steps", window.steps());
        ObjectNode latency = line.putObject("latency");
        window.latency().counts().forEach((bucket, count) -> latency.put(Integer.toString(bucket), count));
        return line;
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }

    private void write(String event, ObjectNode fields) {
        OutputStream open = out;
        if (open == null) {
            return;
        }
        ObjectNode line = node().put("event", event);
        line.setAll(fields);
        try {
            byte[] bytes = MAPPER.writeValueAsBytes(line);
            open.write(bytes);
            open.write('\n');
        } catch (IOException unwritable) {
            failure = "the journal of the run ends early: " + WriteFailure.reason(unwritable);
            close();
        }
    }

    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** The result is written: nothing is to be saved any more. */
    public void delete() {
        close();
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            failure = "the journal " + file + " could not be deleted: " + WriteFailure.reason(stays);
        }
    }

    @Override
    public void close() {
        OutputStream closing = out;
        if (closing == null) {
            return;
        }
        out = null;
        try {
            closing.close();
        } catch (IOException unwritable) {
            failure = "the journal of the run ends early: " + WriteFailure.reason(unwritable);
        }
    }
}
