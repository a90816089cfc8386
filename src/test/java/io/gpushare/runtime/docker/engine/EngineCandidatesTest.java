package io.gpushare.runtime.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineCandidatesTest {
    @TempDir
    Path home;

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void looksAtDockersSocketsBeforePodmans() throws Exception {
        environment.put("XDG_RUNTIME_DIR", "/run/user/1000");

        assertThat(candidates())
                .extracting(candidate -> candidate.address().toString())
                .containsExactly(
                        "unix:///var/run/docker.sock",
                        "unix:///run/user/1000/docker.sock",
                        "unix:///run/podman/podman.sock",
                        "unix:///run/user/1000/podman/podman.sock");
    }

    @Test
    void followsTheCurrentContextOfDockersConfiguration() throws Exception {
        context("lab", "unix:///lab.sock");
        configuration("{\"auths\":{},\"currentContext\":\"lab\"}");

        assertThat(candidates()).containsExactly(chosen("unix:///lab.sock", "Docker context 'lab'"));
    }

    @Test
    void prefersTheContextOfTheEnvironmentAndDockerHostToBoth() throws Exception {
        context("lab", "unix:///lab.sock");
        context("other", "unix:///other.sock");
        configuration("{\"currentContext\":\"lab\"}");
        environment.put("DOCKER_CONTEXT", "other");
        assertThat(candidates()).containsExactly(chosen("unix:///other.sock", "Docker context 'other'"));

        environment.put("DOCKER_HOST", "unix:///host.sock");
        assertThat(candidates()).containsExactly(chosen("unix:///host.sock", "DOCKER_HOST"));
    }

    @Test
    void usesTheSocketsForTheDefaultContext() throws Exception {
        configuration("{\"currentContext\":\"lab\"}");
        environment.put("DOCKER_CONTEXT", "default");

        assertThat(candidates()).contains(chosen("unix:///var/run/docker.sock", "the default socket"));
    }

    @Test
    void readsTheConfigurationWhereDockerConfigSays() throws Exception {
        context("lab", "tcp://127.0.0.1:2375");
        configuration("{\"currentContext\":\"lab\"}");
        environment.put("DOCKER_CONFIG", home.resolve(".docker").toString());

        EngineCandidates elsewhere = new EngineCandidates(environment, Path.of("/nowhere"), Path.of("/"));
        assertThat(elsewhere.list()).containsExactly(chosen("tcp://127.0.0.1:2375", "Docker context 'lab'"));
    }

    @Test
    void reportsAContextThatDoesNotExist() {
        environment.put("DOCKER_CONTEXT", "lab");

        assertThatThrownBy(this::candidates)
                .hasMessageStartingWith("the Docker context 'lab' does not exist: there is no "
                        + home.resolve(".docker/contexts/meta"));
    }

    @Test
    void reportsAConfigurationThatIsNotJson() throws Exception {
        configuration("{\"currentContext\":");

        assertThatThrownBy(this::candidates)
                .hasMessageStartingWith(home.resolve(".docker/config.json") + " is not JSON: ")
                .isInstanceOfSatisfying(
                        EngineUnusableException.class,
                        failure ->
                                assertThat(failure.problem().kind()).isEqualTo(EngineProblem.Kind.CONTEXT_UNREADABLE));
    }

    private List<EngineCandidate> candidates() throws EngineUnusableException {
        return new EngineCandidates(environment, home, Path.of("/")).list();
    }

    private static EngineCandidate chosen(String address, String origin) {
        return new EngineCandidate(EngineAddress.parse(address), origin);
    }

    private void configuration(String json) throws IOException {
        Files.writeString(Files.createDirectories(home.resolve(".docker")).resolve("config.json"), json);
    }

    private void context(String name, String host) throws IOException {
        // As `printf lab | sha256sum` prints it.
        String folder = Map.of(
                        "lab", "a51146d38077ff992eba84cf1d5e9b249073503eb74868699016153b031a38f7",
                        "other", "d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa")
                .get(name);
        Path meta = Files.createDirectories(home.resolve(".docker/contexts/meta/" + folder));
        Files.writeString(meta.resolve("meta.json"), """
            {"Name":"%s","Metadata":{},"Endpoints":{"docker":{"Host":"%s","SkipTLSVerify":false}}}\
            """.formatted(name, host));
    }
}
