package io.gpushare.runtime.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.net.httpserver.HttpServer;
import io.gpushare.runtime.docker.FakeEngine;
import io.gpushare.runtime.docker.engine.EngineProblem.Kind;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class EngineSearchTest {
    @TempDir
    Path root;

    private final Map<String, String> environment = new HashMap<>();
    private Path home;
    private Path defaultSocket;

    @BeforeEach
    void layOut() throws IOException {
        home = Files.createDirectories(root.resolve("home/ada"));
        defaultSocket = root.resolve("var/run/docker.sock");
    }

    @Test
    void readsWhatTheEngineSaysOfItself() throws IOException {
        try (FakeEngine fake =
                FakeEngine.docker(defaultSocket, "28.3.3", "1.51", "1.24").answers("/info", """
                    {"Driver":"overlay2","CgroupVersion":"2","DockerRootDir":"/data/docker",
                     "Runtimes":{"nvidia":{"path":"nvidia-container-runtime"},"runc":{"path":"runc"}},
                     "CDISpecDirs":["/etc/cdi","/var/run/cdi"],
                     "SecurityOptions":["name=seccomp,profile=builtin","name=rootless"]}\
                    """)) {

            assertThat(engine())
                    .isEqualTo(new Engine(
                            new EngineAddress.UnixSocket(defaultSocket),
                            "the default socket",
                            EngineKind.DOCKER,
                            "28.3.3",
                            new ApiVersion(1, 44),
                            Set.of("nvidia", "runc"),
                            Optional.of(List.of(Path.of("/etc/cdi"), Path.of("/var/run/cdi"))),
                            true,
                            "overlay2",
                            "2",
                            "/data/docker"));
            assertThat(fake.requests()).containsExactly("/version", "/info");
        }
    }

    @Test
    void speaksTheOlderVersionOfAnOldEngine() throws IOException {
        try (FakeEngine fake = FakeEngine.docker(defaultSocket, "20.10.24+dfsg1", "1.41", "1.12")) {
            assertThat(engine().apiVersion()).isEqualTo(new ApiVersion(1, 41));
            assertThat(engine().cdiSpecDirectories()).isEmpty();
            assertThat(fake.requests()).isNotEmpty();
        }
    }

    @Test
    void speaksTheOldestVersionThatANewEngineAllows() throws IOException {
        try (FakeEngine fake = FakeEngine.docker(defaultSocket, "29.0.0", "1.52", "1.44")) {
            assertThat(engine().apiVersion()).isEqualTo(new ApiVersion(1, 44));
            assertThat(fake.requests()).isNotEmpty();
        }
    }

    @Test
    void refusesAnEngineThatHasForgottenEveryVersionWeSpeak() throws IOException {
        try (FakeEngine fake = FakeEngine.docker(defaultSocket, "35.0.0", "1.60", "1.50")) {
            assertThat(problem())
                    .isEqualTo(EngineProblem.of(
                            Kind.API_VERSION_UNSUPPORTED,
                            "the container engine 35.0.0 at unix://%s (the default socket)".formatted(defaultSocket)
                                    + " speaks API 1.50 and newer, gpushare up to 1.44",
                            "Start the engine with DOCKER_MIN_API_VERSION=1.44, or use a newer gpushare."));
            assertThat(fake.requests()).containsExactly("/version");
        }
    }

    @Test
    void recognisesPodman() throws IOException {
        try (FakeEngine fake = FakeEngine.docker(root.resolve("run/podman/podman.sock"), "5.4.2", "1.41", "1.24")
                .answers("/version", """
                    {"Components":[{"Name":"Podman Engine","Version":"5.4.2"}],
                     "Version":"5.4.2","ApiVersion":"1.41","MinAPIVersion":"1.24"}\
                    """)) {
            assertThat(engine().kind()).isEqualTo(EngineKind.PODMAN);
            assertThat(engine()).hasToString("Podman 5.4.2");
            assertThat(fake.requests()).isNotEmpty();
        }
    }

    @Test
    void givesUpOnAnEngineThatHangsAfterAccepting() throws IOException {
        try (FakeEngine fake =
                FakeEngine.docker(defaultSocket, "28.3.3", "1.51", "1.24").hangs()) {
            EngineProblem problem = problemOf(search(Duration.ofMillis(100)).find());

            assertThat(problem.kind()).isEqualTo(Kind.NO_ANSWER);
            assertThat(problem.sentence())
                    .isEqualTo("the container engine at unix://%s (the default socket) did not answer within 0.1 s"
                            .formatted(defaultSocket));
            assertThat(fake.requests()).isEmpty();
        }
    }

    @Test
    void boundsTheTimeOfSeveralDeadSocketsTogether() throws IOException {
        environment.put("XDG_RUNTIME_DIR", root.resolve("user").toString());
        Duration patience = Duration.ofMillis(700);
        try (FakeEngine first = new FakeEngine(defaultSocket).hangs();
                FakeEngine second = new FakeEngine(root.resolve("user/docker.sock")).hangs();
                FakeEngine third = new FakeEngine(root.resolve("run/podman/podman.sock")).hangs()) {
            long start = System.nanoTime();
            assertThat(problemOf(search(patience).find()).kind()).isEqualTo(Kind.NO_ANSWER);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(patience.multipliedBy(3));
            assertThat(first.requests()).isEmpty();
            assertThat(second.requests()).isEmpty();
            assertThat(third.requests()).isEmpty();
        }
    }

    @Test
    void doesNotTakeAnyServerForAnEngine() throws IOException {
        assertThat(problemWhenAnswering("SSH-2.0-OpenSSH_9.2\r\n"))
                .endsWith("is no container engine: it does not speak HTTP");
        assertThat(problemWhenAnswering("HTTP/1.1 403 Forbidden\r\n\r\nno"))
                .endsWith("is no container engine: it answered /version with status 403");
        assertThat(problemWhenAnswering("HTTP/1.1 200 OK\r\n\r\n<html>hello</html>"))
                .endsWith("is no container engine: it answered /version with something that is not JSON");
        assertThat(problemWhenAnswering("HTTP/1.1 200 OK\r\n\r\n[1, 2]"))
                .endsWith("is no container engine: it answered /version with something else");
        assertThat(problemWhenAnswering("HTTP/1.1 200 OK\r\n\r\n{\"version\":3}"))
                .endsWith("is no container engine: its answer names no API version");
        assertThat(problemWhenAnswering("HTTP/1.1 200 OK\r\n\r\n" + " ".repeat(5 << 20)))
                .endsWith("is no container engine: its answer does not end");
    }

    @Test
    void saysWhatToInstallWhereNoSocketIs() {
        assertThat(problem().kind()).isEqualTo(Kind.SOCKET_MISSING);
        assertThat(problem().sentence())
                .isEqualTo("no container engine runs here: there is no socket at unix://" + defaultSocket);
        assertThat(problem().advice()).get().asString().contains("docker.io");
    }

    @Test
    void tellsASocketThatNobodyListensAtFromAMissingOne() throws IOException {
        new FakeEngine(defaultSocket).close();

        assertThat(problem().kind()).isEqualTo(Kind.REFUSED);
        assertThat(problem().sentence())
                .isEqualTo("nobody listens at unix://%s (the default socket): the engine has ended"
                        .formatted(defaultSocket));
    }

    @Test
    void advisesTheDockerGroupWhenPermissionIsDenied() {
        EngineCandidate candidate =
                new EngineCandidate(new EngineAddress.UnixSocket(defaultSocket), "the default socket");
        // What the platform throws when it may not connect to a Unix socket.
        EngineProblem problem =
                candidate.notReached(new BindException("Permission denied")).problem();

        assertThat(problem.kind()).isEqualTo(Kind.PERMISSION_DENIED);
        assertThat(problem.sentence())
                .isEqualTo("this user may not use the container engine at unix://%s (the default socket)"
                        .formatted(defaultSocket));
        assertThat(problem.advice())
                .contains("sudo usermod -aG docker $USER and log in again, or run gpushare with sudo");
    }

    @Test
    void reportsASocketThatThisUserMayNotUse() throws IOException {
        assumeFalse(
                System.getProperty("user.name").equals("root"),
                "root may use every socket: this needs an ordinary user");
        try (FakeEngine fake = FakeEngine.docker(defaultSocket, "28.3.3", "1.51", "1.24")) {
            Files.setPosixFilePermissions(defaultSocket, PosixFilePermissions.fromString("---------"));

            assertThat(problem().kind()).isEqualTo(Kind.PERMISSION_DENIED);
            assertThat(fake.requests()).isEmpty();
        }
    }

    @Test
    void fallsBackFromADeadDefaultSocketToTheRootlessEngine() throws IOException {
        new FakeEngine(defaultSocket).close();
        environment.put("XDG_RUNTIME_DIR", root.resolve("user").toString());
        try (FakeEngine rootless = FakeEngine.docker(root.resolve("user/docker.sock"), "28.3.3", "1.51", "1.24")) {
            assertThat(engine().origin()).isEqualTo("the rootless socket");
            assertThat(rootless.requests()).isNotEmpty();
        }
    }

    @Test
    void doesNotFallBackFromDockerHost() throws IOException {
        environment.put("DOCKER_HOST", "unix://" + root.resolve("gone.sock"));
        try (FakeEngine fake = FakeEngine.docker(defaultSocket, "28.3.3", "1.51", "1.24")) {
            assertThat(problem())
                    .isEqualTo(EngineProblem.of(
                            Kind.SOCKET_MISSING,
                            "there is no socket at unix://" + root.resolve("gone.sock") + " (DOCKER_HOST)",
                            "Correct DOCKER_HOST, or unset it."));
            assertThat(fake.requests()).isEmpty();
        }
    }

    @Test
    void reportsAHostThatDoesNotExist() {
        // Too long for a name, so that no name server is asked.
        String host = "h".repeat(70);
        environment.put("DOCKER_HOST", "tcp://" + host);

        assertThat(problem().kind()).isEqualTo(Kind.NO_ANSWER);
        assertThat(problem().sentence())
                .isEqualTo(
                        "the container engine at tcp://%s:2375 (DOCKER_HOST) cannot be reached: there is no host named %s"
                                .formatted(host, host));
        assertThat(problem().advice()).contains("Correct DOCKER_HOST, or unset it.");
    }

    @Test
    void saysWhyAnEngineElsewhereIsOfNoUse() {
        for (String host :
                List.of("ssh://ada@lab", "npipe:////./pipe/docker", "not an address", "unix://", "tcp://lab:99999")) {
            environment.put("DOCKER_HOST", host);
            assertThat(problem().kind()).isEqualTo(Kind.ADDRESS_UNSUPPORTED);
            assertThat(problem().sentence()).contains(host + " (DOCKER_HOST)");
        }
        environment.put("DOCKER_HOST", "tcp://localhost:2376");
        environment.put("DOCKER_TLS_VERIFY", "1");
        assertThat(problem().sentence()).contains("tcp://localhost:2376 (with TLS)");
    }

    @Test
    void asksAnEngineOverTcp() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer = "{\"Version\":\"28.3.3\",\"ApiVersion\":\"1.51\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            environment.put(
                    "DOCKER_HOST", "tcp://127.0.0.1:" + server.getAddress().getPort());
            assertThat(engine().version()).isEqualTo("28.3.3");
        } finally {
            server.stop(0);
        }
        assertThat(problem().kind()).isEqualTo(Kind.REFUSED);
    }

    private String problemWhenAnswering(String bytes) throws IOException {
        try (FakeEngine fake = new FakeEngine(defaultSocket).saysToEverything(bytes)) {
            EngineProblem problem = problem();
            assertThat(problem.kind()).isEqualTo(Kind.NOT_AN_ENGINE);
            assertThat(fake.requests()).containsExactly("/version");
            return problem.sentence();
        } finally {
            Files.delete(defaultSocket);
        }
    }

    private EngineSearch search(Duration patience) {
        return new EngineSearch(environment, home, root, patience);
    }

    private Engine engine() {
        return switch (search(Duration.ofSeconds(10)).find()) {
            case EngineAnswer.Found(Engine engine) -> engine;
            case EngineAnswer.Unusable(EngineProblem problem) -> throw new AssertionError(problem.sentence());
        };
    }

    private EngineProblem problem() {
        return problemOf(search(Duration.ofSeconds(10)).find());
    }

    private static EngineProblem problemOf(EngineAnswer answer) {
        return switch (answer) {
            case EngineAnswer.Unusable(EngineProblem problem) -> problem;
            case EngineAnswer.Found(Engine engine) -> throw new AssertionError("found " + engine);
        };
    }
}
