package io.gpushare.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.process.ProgramOutput;
import java.nio.charset.StandardCharsets;

/** Says messages of the tenant protocol, a line each, for a tenant that does not speak itself. */
public final class ProtocolOutput {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ProgramOutput output;

    public ProtocolOutput(ProgramOutput output) {
        this.output = output;
    }

    public ObjectNode message(String type) {
        return MAPPER.createObjectNode().put("gpushare", 1).put("type", type);
    }

    public void say(ObjectNode message) {
        byte[] line = (text(message) + "\n").getBytes(StandardCharsets.UTF_8);
        output.stdout(line, 0, line.length);
    }

    private static String text(ObjectNode message) {
        try {
            return MAPPER.writeValueAsString(message);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of plain values is always JSON", impossible);
        }
    }
}
