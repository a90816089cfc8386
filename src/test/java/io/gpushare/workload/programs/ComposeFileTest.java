package io.gpushare.workload.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.workload.Workload;
import io.gpushare.workload.WorkloadCatalog;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What workloads/compose.yaml says of the workloads is what their folders say. */
final class ComposeFileTest {
    private static final Path FILE = TenantProcess.WORKLOADS.resolve("compose.yaml");
    private static final String DAEMON = "mps";

    private static JsonNode file;

    /** Jackson knows no merge keys. */
    @BeforeAll
    static void read() throws IOException {
        try (Reader reader = Files.newBufferedReader(FILE)) {
            Map<String, Object> tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
            file = new ObjectMapper().valueToTree(tree);
        }
    }

    private static JsonNode service(String name) {
        return file.path("services").path(name);
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    @Test
    void runsOneOfEachKindOfTheDefaultMix() {
        List<String> always = new ArrayList<>();
        file.path("services").properties().forEach(service -> {
            if (!service.getValue().has("profiles")) {
                always.add(service.getKey());
            }
        });
        assertThat(always).containsExactly("resnet-train", "resnet-infer", "notebook");
        assertThat(texts(service(DAEMON).path("profiles"))).containsExactly("mps");
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet-train", "resnet-infer", "notebook"})
    void runsWhatTheFolderSays(String name) {
        Workload workload =
                WorkloadCatalog.load(List.of(TenantProcess.WORKLOADS)).require(name);
        JsonNode service = service(name);

        assertThat(service.path("image").asText()).isEqualTo(workload.image().orElseThrow());
        assertThat(TenantProcess.WORKLOADS.resolve(
                        service.at("/build/dockerfile").asText()))
                .isEqualTo(workload.recipe());
        assertThat(service.at("/build/context").asText()).isEqualTo(".");
        assertThat(texts(service.path("command")))
                .isEqualTo(Stream.concat(workload.command().stream(), Stream.of("--alone", "${SECONDS_EACH:-60}"))
                        .toList());
        assertThat(service.at("/environment/CUDA_MPS_PIPE_DIRECTORY").asText())
                .isEqualTo(service(DAEMON)
                        .at("/environment/CUDA_MPS_PIPE_DIRECTORY")
                        .asText())
                .isEqualTo("/mps");
        assertThat(service.at("/depends_on/mps/required").asBoolean(true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet-train", "resnet-infer", "notebook", DAEMON})
    void mayDoAsLittleAsATenantOfBench(String name) {
        JsonNode service = service(name);

        assertThat(service.path("user").asText()).isEqualTo("65532:65532");
        assertThat(service.path("read_only").asBoolean()).isTrue();
        assertThat(service.path("network_mode").asText()).isEqualTo("none");
        assertThat(texts(service.path("cap_drop"))).containsExactly("ALL");
        assertThat(texts(service.path("security_opt"))).containsExactly("no-new-privileges");
        assertThat(texts(service.path("volumes"))).containsExactly("mps:/mps");
        assertThat(service.at("/deploy/resources/reservations/devices/0/driver").asText())
                .isEqualTo("nvidia");
        assertThat(service.at("/deploy/resources/reservations/devices/0/count").asInt())
                .isEqualTo(1);
    }

    @Test
    void dockerComposeTakesIt() throws Exception {
        assumeTrue(
                run("docker", "compose", "version").getValue() == 0,
                "the plugin of Docker that knows compose files is not installed");

        Map.Entry<String, Integer> checked =
                run("docker", "compose", "-f", FILE.toString(), "--profile", "mps", "config", "--quiet");

        assertThat(checked.getValue()).as(checked.getKey()).isZero();
    }

    private static Map.Entry<String, Integer> run(String... command) throws IOException, InterruptedException {
        Path docker = Stream.of(System.getenv("PATH").split(":", -1))
                .map(folder -> Path.of(folder, command[0]))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of("/bin/false"));
        List<String> line = new ArrayList<>(List.of(command));
        line.set(0, docker.toString());
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Map.entry(said, process.waitFor());
    }
}
