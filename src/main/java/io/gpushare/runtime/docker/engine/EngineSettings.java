package io.gpushare.runtime.docker.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.time.Time;
import java.io.IOException;
import java.time.Duration;

/**
 * What containers may be asked of an engine.
 *
 * @param init the program that it can put above a container's own, or nothing
 * @param cpus that it has: it refuses containers that may use more
 */
public record EngineSettings(String init, int cpus, String cgroupDriver) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws IOException when the engine does not answer as one */
    public static EngineSettings of(Engine engine) throws IOException {
        long deadline = Time.real().nanos() + PATIENCE.toNanos();
        EngineConversation conversation = EngineConversation.over(engine.address(), deadline)
                .orElseThrow(() -> new IOException("no address: " + engine.address()));
        JsonNode info = JSON.readTree(conversation.get("/info"));
        return new EngineSettings(
                info.path("InitBinary").asText(""),
                info.path("NCPU").asInt(0),
                info.path("CgroupDriver").asText(""));
    }
}
