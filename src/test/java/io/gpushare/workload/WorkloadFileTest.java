package io.gpushare.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.workload.Workload.GpuNeed;
import io.gpushare.workload.Workload.Kind;
import io.gpushare.workload.Workload.Launch;
import io.gpushare.workload.output.ForeignProgram;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WorkloadFileTest {
    @TempDir
    Path root;

    private Workload read(String yaml) {
        return WorkloadCatalog.read(new WorkloadFolders(root).add("w", yaml));
    }

    private static String with(String more) {
        return WorkloadFolders.yaml("w") + more;
    }

    @Test
    void takesTheDefaultsOfAShortFile() {
        Workload workload = read(with(""));
        assertThat(workload)
                .isEqualTo(new Workload(
                        "w",
                        "Does things.",
                        Kind.TRAINING,
                        "sample",
                        GpuNeed.OPTIONAL,
                        root.resolve("w"),
                        List.of("python3", "-u", "program.py"),
                        Optional.of("gpushare/w"),
                        Launch.PARALLEL,
                        Duration.ofMinutes(2),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        Map.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Workload.Origin.FOLDER,
                        workload.digest()));
        assertThat(workload.digest()).matches("[0-9a-f]{64}");
    }

    @Test
    void readsHowAProgramOfOthersIsUnderstood() {
        Workload workload = read(with("""
            protocol: none
            needs: [./tool]
            get: Make it.
            warm_up: 5s
            measure:
              - {name: op, kind: rate, pattern: 'rate ([0-9]+)', at_end: true}
            """).replace("unit: sample\n", ""));

        assertThat(workload.unit()).isEqualTo("op");
        assertThat(workload.completes()).isTrue();
        assertThat(workload.origin()).isEqualTo(new Workload.Origin(List.of("./tool"), Optional.of("Make it.")));
        assertThat(workload.foreign().orElseThrow().ready())
                .isEqualTo(new ForeignProgram.Readiness.After(Duration.ofSeconds(5)));
        ObjectNode written = JsonNodeFactory.instance.objectNode();
        ForeignText.put(written, workload.foreign().orElseThrow());
        assertThat(written.at("/measure/0/at_end").asBoolean()).isTrue();
        assertThat(written.path("lifetime").asText()).isEqualTo("complete");
    }

    @Test
    void readsEveryField() {
        Workload workload = read(with("""
            image: registry.example:5000/w@sha256:00
            launch: serial
            ready_timeout: 5m
            network: true
            memory: 8GiB
            cpus: 1.5
            environment: {THREADS: 4, WORD: hello}
            parameters:
              zeta: {flag: --zeta, type: number, min: 0.5, default: 1e0, description: z}
              alpha: {flag: -a, type: text, choices: [fp16, fp32], default: fp16, description: a}
            """));
        assertThat(workload.image()).contains("registry.example:5000/w@sha256:00");
        assertThat(workload.launch()).isEqualTo(Launch.SERIAL);
        assertThat(workload.readyTimeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(workload.network()).isTrue();
        assertThat(workload.memoryBytes()).contains(8L << 30);
        assertThat(workload.cpus()).contains(1.5);
        assertThat(workload.environment()).isEqualTo(Map.of("THREADS", "4", "WORD", "hello"));
        assertThat(workload.parameters().keySet()).containsExactly("zeta", "alpha");
        assertThat(workload.parameters().get("zeta"))
                .isEqualTo(new Parameter(
                        "zeta",
                        "--zeta",
                        Parameter.Type.NUMBER,
                        Optional.of("1"),
                        List.of(),
                        Optional.of(new BigDecimal("0.5")),
                        "z"));
        assertThat(workload.parameters())
                .hasEntrySatisfying(
                        "alpha", alpha -> assertThat(alpha.choices()).containsExactly("fp16", "fp32"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        memroy: 8GiB                  | 7 | there is no property 'memroy'. Did you mean memory? Possible are name, description, kind, protocol, unit, gpu, command, image, launch, ready_timeout, network, memory, cpus, parameters, environment
        kind: stress                  | 7 | 'kind' is there twice
        ready_timeout: soon           | 7 | ready_timeout: 'soon' is not a duration; write it as 250ms, 30s, 5m or 1h
        memory: 8G                    | 7 | memory: '8G' is not a size; write it as 512MiB, 8GiB or 1.5TB
        network: yes please           | 7 | network must be true or false, and is 'yes please'
        launch: Serial                | 7 | launch must be one of parallel, serial, and is 'Serial'
        cpus: two                     | 7 | cpus must be a number, and is 'two'
        cpus: .inf                    | 7 | cpus must be
        cpus: 0                       | 7 | cpus: it must be more than 0
        image:                        | 7 | image must be a text, and is empty
        image: [a]                    | 7 | image must be a text, and is a list
        environment: {A-B: c}         | 7 | environment: 'A-B' is no name of a variable
        environment: {A: [b]}         | 7 | environment.A must be a text, and is a list
        parameters: [batch]           | 7 | parameters must be a set of properties, and is a list
        parameters: {a.b: {}}         | 7 | parameters.a.b: a parameter's name is letters, digits, _ and -, and begins with a letter
        parameters: {batch: 3}        | 7 | parameters.batch must be a set of properties, and is '3'
        parameters: {b: {flag: --b, type: int, description: d}}                           | 7 | parameters.b.type must be one of integer, number, text, and is 'int'
        parameters: {b: {flag: --b, type: integer}}                                       | 7 | the property 'parameters.b.description' is missing
        parameters: {b: {flag: b, type: integer, description: d}}                         | 7 | parameters.b.flag: 'b' is no option of a program, as --b
        parameters: {b: {flag: --b, type: integer, description: d, choice: [1]}}          | 7 | there is no property 'parameters.b.choice'. Did you mean choices? Possible are flag, type, default, choices, min, description
        parameters: {b: {flag: --b, type: integer, default: x, description: d}}           | 7 | parameters.b.default: 'x' is not a whole number
        parameters: {b: {flag: --b, type: integer, default: 0, min: 1, description: d}}   | 7 | parameters.b.default: 0 is less than 1
        parameters: {b: {flag: --b, type: text, choices: [x, y], default: z, description: d}} | 7 | parameters.b.default: 'z' is none of x, y
        parameters: {b: {flag: --b, type: integer, choices: [1, x], description: d}}      | 7 | parameters.b.choices: 'x' is not a whole number
        parameters: {b: {flag: --b, type: text, choices: [], description: d}}             | 7 | parameters.b.choices: the list is empty
        parameters: {b: {flag: --b, type: text, min: 1, description: d}}                  | 7 | parameters.b.min: a text has no minimum
        image: *anchor                | 7 | aliases and tags are not used here; write the value itself
        image: !tag x                 | 7 | aliases and tags are not used here; write the value itself
        --- more                      | 7 | there must be one document in the file
        {: broken                     | 7 | this is no YAML:
        """)
    void namesFileLineAndProperty(String line, int number, String problem) {
        assertThatThrownBy(() -> read(with(line)))
                .isInstanceOfSatisfying(
                        GpushareException.class,
                        failure -> assertThat(failure.status()).isEqualTo(ExitStatus.USAGE))
                .hasMessageStartingWith(root.resolve("w/workload.yaml") + ", line " + number + ": " + problem);
    }

    @Test
    void namesTheLineOfAPropertyDeepInTheFile() {
        assertThatThrownBy(() -> read(with("""
            parameters:
              batch:
                flag: --batch
                type: integer
                desc:
                  a: b
                description: d
            """)))
                .hasMessageContaining(", line 11: there is no property 'parameters.batch.desc'");
    }

    @ParameterizedTest
    @CsvSource({
        "name: w,name: v,1,name: it is 'v' and the folder is named 'w'",
        "name: w,name: W/w,1,name: 'W/w' must be small letters and digits",
        "kind: training,kind: training job,3,kind must be one of training",
        "gpu: optional,x: y,1,the property 'gpu' is missing",
        "'[python3, -u, program.py]',python3,6,command must be a list",
        "'[python3, -u, program.py]',[],6,command: the list is empty"
    })
    void checksWhatHasToBeThere(String good, String bad, int line, String problem) {
        assertThatThrownBy(() -> read(with("").replace(good, bad)))
                .isInstanceOf(GpushareException.class)
                .extracting(failure -> String.valueOf(failure.getMessage()).replace("'v', and", "'v' and"))
                .asString()
                .startsWith(root.resolve("w/workload.yaml") + ", line " + line + ": " + problem);
    }

    @Test
    void refusesFilesThatHoldNothingReadable() throws IOException {
        assertThatThrownBy(() -> read("")).hasMessageEndingWith("line 1: the file is empty");
        assertThatThrownBy(() -> read("# nothing\n")).hasMessageEndingWith("the file is empty");
        assertThatThrownBy(() -> read("- a\n")).hasMessageEndingWith("the file must hold properties, and holds a list");
        assertThatThrownBy(() -> read("x: " + "[".repeat(60) + "]".repeat(60))).isInstanceOf(GpushareException.class);
        Files.write(root.resolve("w/workload.yaml"), new byte[] {'a', ':', ' ', (byte) 0xff, '\n'});
        assertThatThrownBy(() -> WorkloadCatalog.read(root.resolve("w/workload.yaml")))
                .hasMessageEndingWith("workload.yaml: it is not in UTF-8");
        assertThatThrownBy(() -> WorkloadCatalog.read(root.resolve("none/workload.yaml")))
                .hasMessageEndingWith("workload.yaml: there is no such file");
    }

    @Test
    void givesEveryChangeOfTheFolderAnotherDigest() throws IOException {
        WorkloadFolders folders = new WorkloadFolders(root);
        String before = read(with("")).digest();
        folders.write("w/__pycache__/x.cpython-311.pyc", "x");
        folders.write("w/y.pyc", "y");
        assertThat(read(with("")).digest()).isEqualTo(before);

        Path program = folders.write("w/sub/program.py", "print(1)");
        String withProgram = read(with("")).digest();
        folders.write("w/sub/program.py", "print(2)");
        String changed = read(with("")).digest();
        Files.move(program, root.resolve("w/program.py"));
        String moved = read(with("")).digest();
        assertThat(List.of(before, withProgram, changed, moved)).doesNotHaveDuplicates();

        Files.delete(root.resolve("w/program.py"));
        assertThat(read(with("")).digest()).isEqualTo(before);
    }

    @Test
    void countsAFileBesideTheFolderAmongTheProgram() {
        WorkloadFolders folders = new WorkloadFolders(root);
        folders.write("module.py", "print(1)");
        String before = read(with("shares: [module.py]")).digest();
        folders.write("module.py", "print(2)");

        assertThat(read(with("shares: [module.py]")).digest()).isNotEqualTo(before);
        assertThatThrownBy(() -> read(with("shares: [../module.py]")))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("there is no file '../module.py' beside the folder");
    }
}
