package io.gpushare.experiment.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.GpushareException;
import io.gpushare.plan.GpuChoice;
import io.gpushare.yaml.YamlProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class SweepYamlTest {
    private static final Path FILE = Path.of("/plans/mine.yaml");

    private static SweepPlan read(String text) {
        SweepDraft draft = Sweeps.draft();
        SweepYaml.read(YamlProperties.read(FILE, text), draft);
        return draft.plan();
    }

    @Test
    void readsBackWhatItWrites() {
        SweepPlan plan = Sweeps.plan(draft -> {
            draft.about(new SweepPlan.About("Mine", "With all there is."));
            draft.modes(List.of("mps", "time-slicing", "mig"));
            draft.mixes(List.of(
                    Turns.ofWorkloads("spin:2,/elsewhere/workload.yaml", path -> path),
                    Turns.ofKinds("training=2,inference=1")));
            draft.tenants(List.of(1, 8));
            draft.setting(ModeSetting.QUANTUM, List.of("short"));
            draft.setting(ModeSetting.PROFILES, List.of("3g.71gb,1g.18gb:4", "balanced"));
            draft.setting(ModeSetting.THREAD_PERCENTAGE, List.of("25", "spin=50"));
            draft.setting(ModeSetting.MEMORY_LIMIT, List.of("8GiB"));
            draft.setting(ModeSetting.PRIORITY, List.of("spin=low"));
            draft.parameter("spin.batch", List.of("1", "a, b: c"));
            draft.rounds("auto");
            draft.atMostRounds("7");
            draft.orderSeed(-3);
            draft.coolDown(new CoolDown.Below(50));
            draft.prepare("nvidia-smi -lgc 1980 # 'quoted'");
            draft.baseline("none");
            draft.slos(List.of("spin.p99=10ms"));
            draft.conditions().gpu(new GpuChoice.Simulated("t4"));
            draft.conditions().duration(Duration.ofSeconds(7));
            draft.conditions().untilPrecise(2);
            draft.conditions().timeout(Duration.ofHours(1));
            draft.conditions().gpuCostPerHour(3.5);
        });
        String written = SweepYaml.write(plan);
        SweepPlan again = read(written);
        assertThat(SweepYaml.write(again)).isEqualTo(written);
        assertThat(SweepYaml.differences(plan, again)).isEmpty();
        assertThat(again.varied()).isEqualTo(plan.varied());
        assertThat(again.conduct()).isEqualTo(plan.conduct());
        assertThat(again.about()).isEqualTo(plan.about());
        assertThat(again.conduct().bounds()).hasSize(1);
    }

    @Test
    void pathsStartAtTheFilesOwnFolder() {
        SweepPlan plan = read("gpushare_sweep: 1\nmodes: [my.yaml, mps]\nworkloads: ['a/workload.yaml:2,spin']\n");
        assertThat(plan.varied().modes()).containsExactly("/plans/my.yaml", "mps");
        assertThat(plan.varied().mixes().getFirst().workloads())
                .containsExactly("/plans/a/workload.yaml", "/plans/a/workload.yaml", "spin");
    }

    @Test
    void tellsInWhatPlansDifferAndOverlooksHowManyRoundsThereAre() {
        SweepPlan plan = Sweeps.plan(_ -> {});
        assertThat(SweepYaml.differences(plan, Sweeps.plan(draft -> draft.rounds("9"))))
                .isEmpty();
        assertThat(SweepYaml.differences(plan, Sweeps.plan(draft -> {
                    draft.tenants(List.of(3));
                    draft.conditions().duration(Duration.ofSeconds(9));
                })))
                .containsExactly("duration", "tenants");
        assertThat(SweepYaml.mark(plan))
                .isEqualTo(SweepYaml.mark(Sweeps.plan(draft -> draft.rounds("9"))))
                .isNotEqualTo(SweepYaml.mark(Sweeps.plan(draft -> draft.tenants(List.of(3)))))
                .matches("[0-9a-f]{8}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "modess: [mps]                 | line 2: there is no property 'modess'. Did you mean modes?",
                "tenants: [0]                  | line 2: tenants: '0' must be from 1 to 256",
                "tenants: [2, 2]               | line 2: tenants: the number of tenants 2 is given twice",
                "rounds: 0                     | line 2: rounds: '0' must be from 1 to 1000",
                "rounds: some                  | line 2: rounds: 'some' is not a whole number",
                "at_most_rounds: 2             | line 2: at_most_rounds: '2' must be from 3 to 1000",
                "cool_down: warm               | line 2: cool_down: 'warm' is neither a duration",
                "cool_down: 200C               | line 2: cool_down: a GPU cools down to 20C at best",
                "baseline: results/b.json      | line 2: baseline: must be run or none",
                "set: {batch: 3}               | line 2: set.batch: 'batch' does not say which workload",
                "slo: [spin.p99=10]            | line 2: slo: 'spin.p99=10' lacks the unit",
                "workloads: ['spin,,notebook'] | line 2: workloads: 'spin,,notebook' names no workload",
                "mixes: [dancing]              | line 2: mixes: there is no kind of workload 'dancing'",
                "duration: soon                | line 2: duration: 'soon' is not a duration",
                "gpushare: 1                   | line 2: gpushare: this is the plan of a single run",
            })
    void refusesWithFileAndLine(String line, String sentence) {
        assertThatThrownBy(() -> read("gpushare_sweep: 1\n" + line + "\n"))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("/plans/mine.yaml, " + sentence);
    }

    static List<String> shipped() {
        return ShippedSweeps.names();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void whatShipsSaysWhatItIsGoodFor(String name) {
        SweepDraft draft = Sweeps.draft();
        SweepYaml.read(ShippedSweeps.find(name), draft);
        SweepPlan plan = draft.plan();
        assertThat(plan.about().title()).isNotBlank();
        assertThat(plan.about().description()).endsWith(".");
        assertThat(plan.conduct().rounds().last()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void namesWhatIsNearAnUnknownOne() {
        assertThatThrownBy(() -> ShippedSweeps.find("quik"))
                .isInstanceOf(GpushareException.class)
                .satisfies(refused ->
                        assertThat(((GpushareException) refused).advice()).hasValue("Did you mean quick?"));
    }
}
