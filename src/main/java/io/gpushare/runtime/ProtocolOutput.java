package io.gpushare.runtime;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.process.ProgramOutput;
import io.gpushare.workload.protocol.WorkedWindow;
import java.nio.charset.StandardCharsets;

/** Says messages of the tenant protocol, a line each, for a tenant that does not speak itself. */
public final class ProtocolOutput {
    private final ProgramOutput output;

    public ProtocolOutput(ProgramOutput output) {
        this.output = output;
    }

    public ObjectNode message(String type) {
        return JsonNodeFactory.instance.objectNode().put("gpushare", 1).put("type", type);
    }

    public ObjectNode window(WorkedWindow window) {
        ObjectNode message = message("window")
                .put("index", window.index())
                .put("from_ns", window.fromNanos())
                .put("until_ns", window.untilNanos())
                .put("units", window.units())
                .put("steps", window.steps());
        ObjectNode counts = message.putObject("latency");
        window.latency().forEach((bucket, count) -> counts.put(String.valueOf(bucket), count));
        return message;
    }

    public void say(ObjectNode message) {
        byte[] line = (message + "\n").getBytes(StandardCharsets.UTF_8);
        output.stdout(line, 0, line.length);
    }
}
