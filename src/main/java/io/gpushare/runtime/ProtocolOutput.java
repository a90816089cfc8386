package io.gpushare.runtime;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.process.ProgramOutput;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Says messages of the tenant protocol, a line each, for a tenant that does not speak itself. */
public final class ProtocolOutput {
    private final ProgramOutput output;

    public ProtocolOutput(ProgramOutput output) {
        this.output = output;
    }

    public ObjectNode message(String type) {
        return JsonNodeFactory.instance.objectNode().put("gpushare", 1).put("type", type);
    }

    /**
     * @param fromNanos and {@code untilNanos}: since the common start
     * @param latency counts of steps by bucket
     */
    public ObjectNode window(
            int index, long fromNanos, long untilNanos, double units, long steps, Map<Integer, Long> latency) {
        ObjectNode message = message("window")
                .put("index", index)
                .put("from_ns", fromNanos)
                .put("until_ns", untilNanos)
                .put("units", units)
                .put("steps", steps);
        ObjectNode counts = message.putObject("latency");
        latency.forEach((bucket, count) -> counts.put(String.valueOf(bucket), count));
        return message;
    }

    public void say(ObjectNode message) {
        byte[] line = (message + "\n").getBytes(StandardCharsets.UTF_8);
        output.stdout(line, 0, line.length);
    }
}
