package io.gpushare.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.cli.CapturedConsole;
import io.gpushare.cli.CommandTree;
import io.gpushare.cli.SomeResults;
import io.gpushare.cli.bench.FakeBenchParts;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.run.RunOutcome;
import io.gpushare.runtime.ChosenNodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FleetCommandTest {
    @TempDir
    Path folder;

    private final FakeBenchParts parts = new FakeBenchParts();
    private Path planFile = Path.of("");

    @BeforeEach
    void namePlan() {
        planFile = folder.resolve("plan.yaml");
    }

    private void write(String runtime, String duration) {
        try {
            Files.writeString(planFile, """
                    gpushare: 1
                    mode: time-slicing
                    tenants: [{workload: spin}]
                    runtime: %s
                    duration: %s
                    baseline: none
                    """.formatted(runtime, duration));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void delete() {
        try {
            Files.deleteIfExists(planFile);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void run(String... nodes) {
        CapturedConsole captured = CapturedConsole.piped();
        ChosenNodes chosen = new ChosenNodes(List.of(nodes), Map.of());
        FleetCommand fleet = new FleetCommand(captured.console, parts, new Interruption(), (plan, wanted) -> chosen);
        int ended = CommandTree.of(captured.console, List.of(fleet))
                .execute("fleet", planFile.toString(), "--at-once=1", "--out=" + folder.resolve("results"));
        assertThat(ended).as(captured.err()).isZero();
    }

    @Test
    void laterNodesRunThePlanThatTheFirstBeganWith() {
        write("slurm", "7s");
        parts.execution = (plan, bench) -> {
            write("slurm", "99s");
            return List.of(outcome());
        };

        run("n1", "n2", "n3");

        assertThat(parts.executed)
                .allSatisfy(plan -> assertThat(plan.duration()).isEqualTo(Duration.ofSeconds(7)))
                .extracting(plan -> plan.slurm().values().get("nodelist"))
                .containsExactly("n1", "n2", "n3");
    }

    @Test
    void goesOnWhereThePlanFileIsDeletedMeanwhile() {
        write("kubernetes", "7s");
        parts.execution = (plan, bench) -> {
            delete();
            return List.of(outcome());
        };

        run("a", "b");

        assertThat(parts.executed)
                .extracting(plan -> plan.kubernetes().values().get("placement"))
                .containsExactly("node=a", "node=b");
    }

    private static RunOutcome outcome() {
        return new SomeResults().tenant("spin", "call", 10, true).outcome(0, 1);
    }
}
