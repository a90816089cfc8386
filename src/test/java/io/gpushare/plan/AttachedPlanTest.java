package io.gpushare.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.GpushareException;
import io.gpushare.plan.AttachedTenant.Target;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tenants in plans that are only watched. */
final class AttachedPlanTest {
    private static final String HEAD = "gpushare: 1\nmode: time-slicing\ngpu: any\n";
    private static final String TENANTS = """
        tenants:
          - attach: 1234
          - workload: spin
            count: 2
          - attach: container:trainer.1
            name: their training
        """;

    @TempDir
    Path folder;

    private RunPlan read(String text) {
        return WrittenPlan.read(folder, text);
    }

    @Test
    void areReadBesideTheOthersAndWrittenAgain() {
        RunPlan plan = read(HEAD + TENANTS);

        assertThat(plan.tenants()).hasSize(2);
        assertThat(plan.attached())
                .containsExactly(
                        new AttachedTenant(new Target.OneProcess(1234), Optional.empty()),
                        new AttachedTenant(new Target.OneContainer("trainer.1"), Optional.of("their training")));
        assertThat(read(PlanYaml.write(plan)).attached()).isEqualTo(plan.attached());
        RecordedPlan recorded = RecordedPlan.of(plan);
        assertThat(recorded.tenantCount()).isEqualTo(2);
        assertThat(recorded.attached()).isEqualTo(plan.attached());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "99999999999", "1.5", "blender", "container:", "container:a b", "container:-x"})
    void aTargetThatCannotBeIsRefused(String target) {
        assertThatThrownBy(() -> AttachedTenant.parse(target)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> read(HEAD + "tenants:\n  - workload: spin\n  - attach: '" + target + "'\n"))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("attach");
    }

    @Test
    void whereNobodyElseRunsNothingWouldBeMeasured() {
        assertThatThrownBy(() -> read(HEAD + "tenants:\n  - attach: 1234\n"))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("nothing that would be measured");
    }

    @Test
    void noneIsWatchedTwice() {
        assertThatThrownBy(() -> read(HEAD + TENANTS + "  - attach: 1234\n    name: again\n"))
                .hasMessageContaining("process 1234 is attached twice");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        gpu: {simulate: h200}                                  | no program of it uses a simulated GPU
        runtime: slurm                                         | would run elsewhere
        runtime: kubernetes                                    | would run elsewhere
        mode: exclusive                                        | no other tenant would have the GPU to itself
        mode: {kind: mig, profiles: [1g.18gb, 1g.18gb]}        | not divided anew under it
        mode: mps                                              | cannot be a client of an MPS daemon that is yet to start
        mode: {kind: mps, daemon: /x, exclusive_process: true} | compute mode is not changed under it
        mode: {kind: time-slicing, quantum: short}             | a time slice would be set for it, too
        layer: {name: thin, env: {A: b}}                       | no layer can be put on it
        """)
    void refusesWhatWouldChangeItOrCannotBeBesideIt(String line, String sentence) {
        assertThatThrownBy(() -> read(WrittenPlan.with(HEAD, line) + TENANTS))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void underMpsItIsAClientOfADaemonThatIsThere() {
        RunPlan plan = read(HEAD.replace("time-slicing", "{kind: mps, daemon: /tmp/nvidia-mps}") + TENANTS);

        assertThat(plan.attached()).hasSize(2);
        assertThat(plan.besideOthers()).isTrue();
    }
}
