package io.gpushare.workload.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a workload's three files say about one another. */
class WorkloadFoldersTest {
    private static final List<String> SHARED = List.of("gpushare_tenant", "torch_tenant", "bert");

    private static final Pattern DEFAULT = Pattern.compile("\\(default: ([^,;)]+)");

    static Stream<Path> folders() throws IOException {
        try (Stream<Path> entries = Files.list(TenantProcess.WORKLOADS)) {
            return entries
                    .filter(entry -> Files.isRegularFile(entry.resolve("workload.yaml")))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void aContainerRunsWhatAProcessRuns(Path folder) throws Exception {
        JsonNode workload =
                new YAMLMapper().readTree(folder.resolve("workload.yaml").toFile());
        List<String> command = StreamSupport.stream(workload.path("command").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        List<String> dockerfile = Files.readAllLines(folder.resolve("Dockerfile"));

        assertThat(workload.path("name").asText())
                .isEqualTo(folder.getFileName().toString());
        assertThat(folder.resolve(command.getLast())).isRegularFile();
        assertThat(dockerfile)
                .contains("CMD [\"" + String.join("\", \"", command) + "\"]", "USER 65532:65532", "ENTRYPOINT []")
                .contains("WORKDIR /workloads/" + folder.getFileName());
    }

    @ParameterizedTest
    @MethodSource("folders")
    void anImageHoldsEachModuleThatTheProgramTakes(Path folder) throws Exception {
        String dockerfile = Files.readString(folder.resolve("Dockerfile"));
        StringBuilder source = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".py")).toList()) {
                source.append(Files.readString(file));
            }
        }
        for (String module : SHARED) {
            if (source.toString().contains("from " + module + " import")) {
                assertThat(dockerfile).contains(module + ".py");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void theProgramHasEachParameterAsAnOption(Path folder) throws Exception {
        assumeTrue(Files.isExecutable(TenantProcess.PYTHON), TenantProcess.PYTHON + " is not installed");
        JsonNode workload =
                new YAMLMapper().readTree(folder.resolve("workload.yaml").toFile());
        // Without packages, because help has to work before they are installed.
        Process help = new ProcessBuilder(
                        TenantProcess.PYTHON.toString(),
                        "-S",
                        TenantProcess.programOf(folder.getFileName().toString()).toString(),
                        "--help")
                .redirectErrorStream(true)
                .start();
        String text = new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8).replaceAll("\\s+", " ");

        assertThat(help.waitFor()).as(text).isZero();
        workload.path("parameters").properties().forEach(parameter -> {
            JsonNode description = parameter.getValue();
            String flag = description.path("flag").asText();
            assertThat(text).contains(flag + " ");
            if (description.has("default")) {
                Matcher told = DEFAULT.matcher(text.substring(text.lastIndexOf(flag + " ")));
                assertThat(told.find()).as("a default in the help of " + flag).isTrue();
                assertThat(told.group(1))
                        .satisfiesAnyOf(
                                word -> assertThat(word)
                                        .isEqualTo(description.path("default").asText()),
                                word -> assertThat(Double.parseDouble(word))
                                        .isEqualTo(description.path("default").asDouble()));
            }
        });
    }
}
