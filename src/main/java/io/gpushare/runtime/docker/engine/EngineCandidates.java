package io.gpushare.runtime.docker.engine;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.text.JsonComplaint;
import io.gpushare.text.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where to look for an engine, in the order of Docker's own command: DOCKER_HOST, the context, the sockets. An explicit
 * choice stands alone: falling back from it would use an engine that nobody asked for.
 */
record EngineCandidates(Map<String, String> environment, Path home, Path root) {
    List<EngineCandidate> list() throws EngineUnusableException {
        Optional<String> host = variable("DOCKER_HOST");
        if (host.isPresent()) {
            return List.of(new EngineCandidate(explicit(host.get()), "DOCKER_HOST"));
        }
        Optional<String> context = contextName();
        if (context.isPresent()) {
            return List.of(new EngineCandidate(
                    explicit(hostOfContext(context.get())), "Docker context '" + context.get() + "'"));
        }
        return sockets();
    }

    private EngineAddress explicit(String text) {
        EngineAddress address = EngineAddress.parse(text);
        boolean tls = address instanceof EngineAddress.Tcp
                && variable("DOCKER_TLS_VERIFY").isPresent();
        return tls ? new EngineAddress.Unsupported(text + " (with TLS)") : address;
    }

    private List<EngineCandidate> sockets() {
        List<EngineCandidate> sockets = new ArrayList<>();
        sockets.add(socket(root.resolve("var/run/docker.sock"), "the default socket"));
        Optional<Path> userFolder = variable("XDG_RUNTIME_DIR").map(Path::of);
        userFolder.ifPresent(folder -> sockets.add(socket(folder.resolve("docker.sock"), "the rootless socket")));
        sockets.add(socket(root.resolve("run/podman/podman.sock"), "Podman's socket"));
        userFolder.ifPresent(folder -> sockets.add(socket(folder.resolve("podman/podman.sock"), "Podman's socket")));
        return sockets;
    }

    private static EngineCandidate socket(Path path, String origin) {
        return new EngineCandidate(new EngineAddress.UnixSocket(path), origin);
    }

    private Optional<String> contextName() throws EngineUnusableException {
        Optional<String> name = variable("DOCKER_CONTEXT");
        Path config = configFolder().resolve("config.json");
        if (name.isEmpty() && Files.exists(config)) {
            name = Optional.of(read(config).path("currentContext").asText(""));
        }
        return name.filter(chosen -> !chosen.isEmpty() && !chosen.equals("default"));
    }

    private String hostOfContext(String name) throws EngineUnusableException {
        Path meta = configFolder()
                .resolve("contexts/meta")
                .resolve(Sha256.hex(name))
                .resolve("meta.json");
        if (!Files.exists(meta)) {
            throw unreadable("the Docker context '" + name + "' does not exist: there is no " + meta);
        }
        return read(meta).path("Endpoints").path("docker").path("Host").asText("");
    }

    private Path configFolder() {
        return variable("DOCKER_CONFIG").map(Path::of).orElse(home.resolve(".docker"));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static JsonNode read(Path file) throws EngineUnusableException {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (JacksonException e) {
            throw unreadable(file + " is not JSON: " + JsonComplaint.of(e));
        } catch (IOException e) {
            throw unreadable(file + " cannot be read: " + e.getMessage());
        }
    }

    private static EngineUnusableException unreadable(String sentence) {
        return new EngineUnusableException(
                EngineProblem.Kind.CONTEXT_UNREADABLE, sentence, "docker context ls, then docker context use NAME");
    }
}
