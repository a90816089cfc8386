package io.gpushare.cli.workloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.cli.CapturedConsole;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.runtime.docker.engine.EngineAnswer;
import io.gpushare.runtime.docker.engine.EngineProblem;
import io.gpushare.workload.Workload;
import io.gpushare.workload.WorkloadCatalog;
import io.gpushare.workload.WorkloadFolders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class WorkloadsBuildCommandTest {
    private final List<Path> asked = new ArrayList<>();
    private final WorkloadsBuildCommand command = new WorkloadsBuildCommand(
            CapturedConsole.piped().console,
            () -> new EngineAnswer.Unusable(new EngineProblem(
                    EngineProblem.Kind.SOCKET_MISSING, "no container engine runs here", Optional.of("Start one."))),
            folders -> {
                asked.addAll(folders);
                return List.of(workload("spin"), workload("stream"));
            });

    @Test
    void saysWhichWorkloadsThereAre() {
        new CommandLine(command).parseArgs("spinn");

        assertThatThrownBy(command::call).isInstanceOfSatisfying(GpushareException.class, e -> {
            assertThat(e.status()).isEqualTo(ExitStatus.USAGE);
            assertThat(e.sentence()).isEqualTo("there is no workload 'spinn'");
            assertThat(e.advice()).contains("There are spin, stream.");
        });
    }

    @Test
    void saysWhyThereIsNoEngine() {
        new CommandLine(command).parseArgs("spin", "--workloads-dir", "mine", "--workloads-dir", "yours");

        assertThatThrownBy(command::call).isInstanceOfSatisfying(GpushareException.class, e -> {
            assertThat(e.status()).isEqualTo(ExitStatus.UNABLE);
            assertThat(e.sentence()).isEqualTo("no container engine runs here");
            assertThat(e.advice()).contains("Start one.");
        });
        assertThat(asked).containsExactly(Path.of("mine"), Path.of("yours"));
    }

    @Test
    void looksAtTheRegistryBeforeItBuildsForIt() {
        new CommandLine(command).parseArgs("spin", "--push", "https://registry.example");

        assertThatThrownBy(command::call)
                .isInstanceOfSatisfying(
                        GpushareException.class, e -> assertThat(e.status()).isEqualTo(ExitStatus.USAGE))
                .hasMessage("'https://registry.example' is no registry");
        assertThat(asked).isEmpty();
    }

    @Test
    void refusesToBuildOneImageForTwoWorkloads(@TempDir Path root) {
        WorkloadFolders folders = new WorkloadFolders(root);
        for (String name : List.of("one", "other")) {
            folders.add(name, WorkloadFolders.yaml(name) + "image: mine\n");
            folders.write(name + "/Dockerfile", "FROM scratch");
        }
        folders.add("third");
        WorkloadsBuildCommand building = new WorkloadsBuildCommand(
                CapturedConsole.piped().console,
                () -> new EngineAnswer.Unusable(new EngineProblem(
                        EngineProblem.Kind.SOCKET_MISSING, "no container engine runs here", Optional.empty())),
                _ -> WorkloadCatalog.load(List.of(root)).all());
        new CommandLine(building).parseArgs("one");

        assertThatThrownBy(building::call)
                .isInstanceOfSatisfying(
                        GpushareException.class, e -> assertThat(e.status()).isEqualTo(ExitStatus.USAGE))
                .hasMessageStartingWith("the workloads one and other name one image, mine: ");
        new CommandLine(building).parseArgs("third");
        assertThatThrownBy(building::call).hasMessage("no container engine runs here");
    }

    private static Workload workload(String name) {
        return new Workload(
                name,
                "A workload.",
                Workload.Kind.STRESS,
                "step",
                Workload.GpuNeed.NONE,
                Path.of("/nowhere/" + name),
                List.of("true"),
                Optional.of("gpushare/" + name),
                Workload.Launch.PARALLEL,
                Duration.ofSeconds(10),
                false,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Workload.Origin.FOLDER,
                "0".repeat(64));
    }
}
