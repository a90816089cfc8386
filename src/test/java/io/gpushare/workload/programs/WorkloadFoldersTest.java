package io.gpushare.workload.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.gpushare.workload.Settings;
import io.gpushare.workload.Workload;
import io.gpushare.workload.Workload.GpuNeed;
import io.gpushare.workload.WorkloadCatalog;
import io.gpushare.workload.output.KnownOutputs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a workload's three files say about one another. */
class WorkloadFoldersTest {
    private static final List<String> SHARED = List.of("gpushare_tenant", "torch_tenant", "bert");

    private static final WorkloadCatalog SHIPPED = WorkloadCatalog.load(List.of(TenantProcess.WORKLOADS));

    private static final Pattern DEFAULT = Pattern.compile("\\(default: ([^,;)]+)");

    /** Of programs that come along: they speak the tenant protocol, or serve. */
    static Stream<Path> folders() {
        return SHIPPED.all().stream()
                .filter(workload -> workload.origin().get().isEmpty())
                .map(Workload::folder);
    }

    static Stream<Workload> programsOfOthers() {
        return SHIPPED.all().stream().filter(workload -> workload.origin().get().isPresent());
    }

    static Stream<String> names() {
        return SHIPPED.all().stream().map(Workload::name);
    }

    @ParameterizedTest
    @MethodSource("folders")
    void aContainerRunsWhatAProcessRuns(Path folder) throws Exception {
        JsonNode workload =
                new YAMLMapper().readTree(folder.resolve("workload.yaml").toFile());
        List<String> command = StreamSupport.stream(workload.path("command").spliterator(), false)
                .map(JsonNode::asText)
                .limit(3) // A server is told its port behind its name.
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

    @ParameterizedTest
    @MethodSource("programsOfOthers")
    void ofAProgramOfOthersThereIsNothingButHowToGetAndReadIt(Workload workload) throws Exception {
        Path file = workload.folder().resolve("workload.yaml");
        JsonNode yaml = new YAMLMapper().readTree(file.toFile());

        try (Stream<Path> files = Files.list(workload.folder())) {
            assertThat(files).containsExactly(file);
        }
        assertThat(Files.readString(file)).matches("(?s)# .*[Ll]icen[cs]e.*\\nname: .*");
        assertThat(workload.origin().get()).isPresent();
        if (workload.server().isEmpty()) {
            assertThat(KnownOutputs.shipped().about())
                    .containsKey(yaml.path("measure").asText());
        }
        assertThat(workload.gpu()).isEqualTo(GpuNeed.REQUIRED);
    }

    /** The scripts around others' programs, with a program that only says how it was called in their place. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        gpu-burn | gpu_burn    | memory=20%         | -m 10% -m 20% 86400
        llama    | llama-bench | generate=64        | -ngl 99 -n 64
        yolo     | yolo        | batch=8,model=a.pt | val data=coco128.yaml model=yolo11n.pt batch=8 model=a.pt
        """)
    void itsOptionsReachIt(String name, String program, String settings, String said, @TempDir Path place)
            throws Exception {
        Workload workload = SHIPPED.require(name);
        Path says = Files.writeString(place.resolve(program), "#!/bin/sh\necho \"$@\"\n");
        Files.setPosixFilePermissions(says, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> command = new ArrayList<>(workload.command());
        command.addAll(Settings.arguments(
                workload,
                Stream.of(settings.split(",", -1))
                        .map(setting -> setting.split("=", 2))
                        .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]))));

        ProcessBuilder builder = new ProcessBuilder(command).directory(place.toFile());
        builder.environment().merge("PATH", place.toString(), (path, first) -> first + ":" + path);
        Process running = builder.redirectErrorStream(true).start();

        assertThat(new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(said + "\n");
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyOneIsInTheTableOfTheDocumentation(String name) throws IOException {
        assertThat(Files.readAllLines(Path.of("docs/workloads.md")))
                .anyMatch(line -> line.startsWith("| `" + name + "` | "));
    }
}
