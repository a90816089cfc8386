package io.gpushare.experiment.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.SharingMode;
import io.gpushare.plan.BaselineChoice;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.TenantPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SweepMatrixTest {
    @TempDir
    Path folder;

    @Test
    void multipliesModesTenantsMixesAndParameters() {
        SweepMatrix matrix = Sweeps.matrix(draft -> {
            draft.modes(List.of("exclusive", "time-slicing", "mps"));
            draft.mixes(Sweeps.mixes("resnet-infer", "resnet-infer,bert-train"));
            draft.tenants(List.of(2, 4));
            draft.parameter("resnet-infer.batch", List.of("1", "8"));
        });
        assertThat(matrix.cells()).hasSize(3 * 2 * 2 * 2);
        assertThat(matrix.leftOut()).isEmpty();
        assertThat(Sweeps.names(matrix.cells()))
                .doesNotHaveDuplicates()
                .contains("mps_4_resnet-infer_batch-8", "time-slicing_2_resnet-infer+bert-train_resnet-infer.batch-1");
    }

    @Test
    void aSettingMultipliesTheCellsOfModesThatHaveItOnly() {
        SweepMatrix matrix = Sweeps.matrix(draft -> {
            draft.modes(List.of("exclusive", "time-slicing", "mps", "mig"));
            draft.mixes(Sweeps.mixes("spin"));
            draft.tenants(List.of(2));
            draft.setting(ModeSetting.THREAD_PERCENTAGE, List.of("25", "50", "100"));
            draft.setting(ModeSetting.QUANTUM, List.of("short", "long"));
            draft.setting(ModeSetting.PROFILES, List.of("1g.18gb:2", "3g.71gb,1g.18gb"));
        });
        assertThat(Sweeps.names(matrix.cells()))
                .containsExactly(
                        "exclusive_2_spin",
                        "time-slicing_2_spin_quantum-short",
                        "time-slicing_2_spin_quantum-long",
                        "mps_2_spin_threads-25",
                        "mps_2_spin_threads-50",
                        "mps_2_spin_threads-100",
                        "mig_2_spin_profiles-1g.18gb-2",
                        "mig_2_spin_profiles-3g.71gb-1g.18gb");
        RunPlan half = matrix.cells().get(4).plan();
        assertThat(half.mode().mpsSettings().orElseThrow().threadPercentage()).hasValue(50);
    }

    @Test
    void aSettingMayBeForSomeTenants() {
        SweepMatrix matrix = Sweeps.matrix(draft -> {
            draft.modes(List.of("mps"));
            draft.mixes(Sweeps.mixes("spin,notebook", "notebook"));
            draft.setting(ModeSetting.THREAD_PERCENTAGE, List.of("spin=50"));
        });
        assertThat(Sweeps.names(matrix.cells())).containsExactly("mps_2_spin+notebook_threads-spin-50");
        assertThat(matrix.cells().getFirst().plan().tenants())
                .extracting(TenantPlan::mps)
                .containsExactly(
                        new MpsSettings(OptionalInt.of(50), OptionalLong.empty(), Optional.empty()), MpsSettings.NONE);
        assertThat(matrix.leftOut())
                .singleElement()
                .satisfies(left -> assertThat(left.why()).contains("no tenant runs 'spin'"));
    }

    @Test
    void eachLayerIsACellBesideTheOneWithout() throws IOException {
        Path layer = Files.writeString(folder.resolve("slow.yaml"), "name: slow\nwrapper: [nice, -n, '9']\n");
        SweepMatrix matrix = Sweeps.matrix(draft -> {
            draft.modes(List.of("time-slicing"));
            draft.mixes(Sweeps.mixes("spin"));
            draft.tenants(List.of(2));
            draft.layers(List.of("none", layer.toString()));
        });
        assertThat(Sweeps.names(matrix.cells()))
                .containsExactly("time-slicing_2_spin", "time-slicing_2_spin_layer-slow");
        assertThat(matrix.cells().getLast().plan().layer())
                .hasValueSatisfying(put -> assertThat(put.name()).isEqualTo("slow"));
        assertThat(matrix.baselines())
                .singleElement()
                .satisfies(baseline -> assertThat(baseline.plan().layer()).isEmpty());
    }

    @Test
    void tenantsTakeTurns() {
        SweepMatrix matrix = Sweeps.matrix(draft -> {
            draft.modes(List.of("time-slicing"));
            draft.mixes(Sweeps.mixes("spin:2,notebook"));
            draft.tenants(List.of(4));
        });
        SweepCell cell = matrix.cells().getFirst();
        assertThat(cell.name()).isEqualTo("time-slicing_4_spin-x3+notebook-x1");
        assertThat(cell.plan().tenants())
                .extracting(tenant -> tenant.workload().name())
                .containsExactly("spin", "spin", "notebook", "spin");
    }

    @Test
    void everyVariantThatSharesHasABaselineAndAnExclusiveCellIsOneItself() {
        SweepMatrix matrix = Sweeps.matrix(draft -> {
            draft.modes(List.of("exclusive", "mps"));
            draft.mixes(Sweeps.mixes("spin", "spin,notebook"));
            draft.tenants(List.of(1, 2));
        });
        assertThat(Sweeps.names(matrix.baselines())).containsExactly("exclusive_1_notebook");
        assertThat(matrix.cells())
                .filteredOn(cell -> cell.name().equals("mps_2_spin+notebook"))
                .singleElement()
                .satisfies(cell ->
                        assertThat(cell.baselines()).containsExactly("exclusive_1_spin", "exclusive_1_notebook"));
        assertThat(matrix.cells())
                .filteredOn(SweepCell::alone)
                .extracting(SweepCell::name)
                .containsExactly("exclusive_1_spin");
    }

    @Test
    void measuresNoBaselinesWhereNoneAreWanted() {
        SweepMatrix matrix = Sweeps.matrix(draft -> draft.baseline("none"));
        assertThat(matrix.baselines()).isEmpty();
        assertThat(matrix.cells())
                .allSatisfy(cell -> assertThat(cell.baselines()).isEmpty());
    }

    @Test
    void aRoundHasRandomNumbersOfItsOwnAndItsBaselines() {
        SweepCell cell = Sweeps.matrix(_ -> {}).cells().getFirst();
        Path file = Path.of("/r/b.json");
        assertThat(cell.inRound(1, List.of(file)).baseline()).isEqualTo(new BaselineChoice.FromFile(List.of(file)));
        assertThat(List.of(
                        cell.inRound(1, List.of()).seed(),
                        cell.inRound(2, List.of()).seed(),
                        cell.inRound(3, List.of()).seed()))
                .doesNotHaveDuplicates();
    }

    @Test
    void leavesOutByNameWhatMakesNoSense() {
        SweepMatrix matrix = Sweeps.matrix(draft -> {
            draft.modes(List.of("mig", "mps"));
            draft.mixes(Sweeps.mixes("spin"));
            draft.tenants(List.of(2, 4));
            draft.setting(ModeSetting.PROFILES, List.of("1g.18gb:2"));
        });
        assertThat(Sweeps.names(matrix.cells()))
                .containsExactly("mig_2_spin_profiles-1g.18gb-2", "mps_2_spin", "mps_4_spin");
        assertThat(matrix.leftOut()).singleElement().satisfies(left -> {
            assertThat(left.cell()).isEqualTo("mig_4_spin_profiles-1g.18gb-2");
            assertThat(left.why()).isEqualTo("2 MIG devices for 4 tenants: each tenant needs one of its own");
        });
    }

    @Test
    void withoutWhatTheMachineCannotDoBaselinesThatOnlyThatNeedsGoToo() {
        SweepMatrix matrix = Sweeps.matrix(draft -> {
            draft.modes(List.of("mps"));
            draft.mixes(Sweeps.mixes("spin", "notebook"));
        });
        Map<RunPlan, GpushareException> impossible = new HashMap<>();
        impossible.put(matrix.cells().getFirst().plan(), new GpushareException(ExitStatus.UNABLE, "no spinning", null));
        SweepMatrix possible = matrix.without(impossible);
        assertThat(Sweeps.names(possible.runs())).containsExactly("mps_1_notebook", "exclusive_1_notebook");
        assertThat(possible.leftOut()).containsExactly(new LeftOut("mps_1_spin", "no spinning"));
        impossible.put(matrix.cells().getLast().plan(), new GpushareException(ExitStatus.UNABLE, "no notebooks", null));
        assertThatThrownBy(() -> matrix.without(impossible)).isInstanceOf(GpushareException.class);
    }

    @Test
    void refusesWhatNoCellCanBeMadeOf() {
        refused("there is no workload 'spinn'", draft -> draft.mixes(Sweeps.mixes("spinn", "notebook")));
        refused("there is no mode 'mpss'", draft -> draft.modes(List.of("mpss")));
        refused("no parameter 'bach'", draft -> {
            draft.mixes(Sweeps.mixes("spin"));
            draft.parameter("spin.bach", List.of("1"));
        });
        refused("no tenant runs 'bert-train', for which bert-train.batch is set", draft -> {
            draft.mixes(Sweeps.mixes("spin"));
            draft.parameter("bert-train.batch", List.of("1"));
        });
        refused(
                "--thread-percentage: a thread percentage must be 1 to 100, and is 0",
                draft -> draft.setting(ModeSetting.THREAD_PERCENTAGE, List.of("0")));
        refused("none of the modes exclusive has the setting --quantum", draft -> {
            draft.modes(List.of("exclusive"));
            draft.setting(ModeSetting.QUANTUM, List.of("short"));
        });
        refused("holds no window", draft -> draft.conditions().duration(Duration.ofMillis(10)));
    }

    private static void refused(String sentence, Consumer<SweepDraft> change) {
        assertThatThrownBy(() -> Sweeps.matrix(change))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining(sentence)
                .satisfies(refused ->
                        assertThat(((GpushareException) refused).status()).isEqualTo(ExitStatus.USAGE));
    }

    @Test
    void namesAreUniqueAndSafeWhateverValuesAreCalled() {
        SweepMatrix matrix = Sweeps.matrix(draft -> {
            draft.modes(List.of("time-slicing"));
            draft.mixes(Sweeps.mixes("spin", "/double/workload.yaml"));
            draft.tenants(List.of(2));
            draft.parameter("spin.batch", List.of("a b", "a-b", "../../x", "ä", "$(rm)", "x".repeat(300), "-"));
        });
        assertThat(matrix.cells()).hasSize(14);
        assertThat(Sweeps.names(matrix.cells()))
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name)
                        .matches("[A-Za-z0-9][A-Za-z0-9._+-]*")
                        .doesNotContain("/")
                        .hasSizeLessThan(200));
        assertThat(matrix.cells())
                .allSatisfy(cell -> assertThat(cell.plan().mode()).isInstanceOf(SharingMode.TimeSlicing.class));
    }
}
