package io.gpushare.runtime.docker.engine;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks one engine for its version and its settings. */
record EngineQuestions(EngineCandidate candidate, Duration patience, long deadline) {
    private static final ObjectMapper JSON = new ObjectMapper();

    Engine ask() throws EngineUnusableException {
        // Paths without a version are answered by every engine; the version to speak is in the answer.
        JsonNode version = get("/version");
        ApiVersion spoken = agree(version);
        JsonNode info = get("/info");
        return new Engine(
                candidate.address(),
                candidate.origin(),
                isPodman(version) ? EngineKind.PODMAN : EngineKind.DOCKER,
                version.path("Version").asText("of unknown version"),
                spoken,
                names(info.path("Runtimes")),
                cdiSpecDirectories(info),
                isRootless(info),
                info.path("Driver").asText(""),
                info.path("CgroupVersion").asText(""),
                info.path("DockerRootDir").asText(""));
    }

    private ApiVersion agree(JsonNode version) throws EngineUnusableException {
        ApiVersion newest = ApiVersion.parse(version.path("ApiVersion").asText(""))
                .orElseThrow(() -> candidate.notAnEngine("its answer names no API version"));
        ApiVersion ours = ApiVersion.NEWEST_SPOKEN;
        ApiVersion spoken = newest.compareTo(ours) < 0 ? newest : ours;
        Optional<ApiVersion> oldest =
                ApiVersion.parse(version.path("MinAPIVersion").asText(""));
        if (oldest.isPresent() && spoken.compareTo(oldest.get()) < 0) {
            throw candidate.versionUnsupported(version.path("Version").asText("?"), oldest.get());
        }
        return spoken;
    }

    private static boolean isPodman(JsonNode version) {
        for (JsonNode component : version.path("Components")) {
            if (component.path("Name").asText("").contains("Podman")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRootless(JsonNode info) {
        for (JsonNode option : info.path("SecurityOptions")) {
            if (option.asText("").startsWith("name=rootless")) {
                return true;
            }
        }
        return info.path("Rootless").asBoolean(false);
    }

    private static Optional<List<Path>> cdiSpecDirectories(JsonNode info) {
        JsonNode directories = info.path("CDISpecDirs");
        if (!directories.isArray()) {
            return Optional.empty();
        }
        List<Path> paths = new ArrayList<>();
        directories.forEach(directory -> paths.add(Path.of(directory.asText())));
        return Optional.of(paths);
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new HashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private JsonNode get(String path) throws EngineUnusableException {
        EngineConversation conversation =
                EngineConversation.over(candidate.address(), deadline).orElseThrow(candidate::addressUnsupported);
        try {
            JsonNode answer = JSON.readTree(conversation.get(path));
            if (!answer.isObject()) {
                throw candidate.notAnEngine("it answered " + path + " with something else");
            }
            return answer;
        } catch (JacksonException e) {
            throw candidate.notAnEngine("it answered " + path + " with something that is not JSON");
        } catch (ProtocolException e) {
            throw candidate.notAnEngine(String.valueOf(e.getMessage()));
        } catch (SocketTimeoutException e) {
            throw candidate.noAnswer(patience);
        } catch (IOException e) {
            throw candidate.notReached(e);
        }
    }
}
