package io.gpushare.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.mode.ModeKind;
import io.gpushare.mode.MpsPriority;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.SharingMode;
import io.gpushare.mode.config.ModeText;
import io.gpushare.mode.config.SomeModes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class RecordedPlanTest {
    private static final SomeWorkloads WORKLOADS = new SomeWorkloads();

    private static RecordedPlan recorded(String json) {
        try {
            return RecordedPlan.read((ObjectNode) new ObjectMapper().readTree(json));
        } catch (IOException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    static List<SharingMode> modes() {
        return SomeModes.all();
    }

    @ParameterizedTest
    @MethodSource("modes")
    void givesBackEveryModeAsItWasPlanned(SharingMode mode) {
        PlanDraft draft = new PlanDraft(WORKLOADS);
        draft.addTenants("spin", 2, Map.of());
        draft.mode(mode);
        draft.gpu(new GpuChoice.Named("0"));
        assertThat(RecordedPlan.of(draft.plan()).mode()).isEqualTo(mode);
    }

    @Test
    void givesBackWhatWasPlannedBesideTheMode() {
        PlanDraft draft = new PlanDraft(WORKLOADS);
        MpsSettings low = ModeText.priority("low");
        draft.mode(SharingMode.mps());
        draft.addTenants("resnet-train", 2, Map.of("batch", "32"));
        draft.addTenants("resnet-train", 1, Map.of("batch", "32"), low);
        draft.gpu(new GpuChoice.Simulated("h200"));
        draft.duration(Duration.ofMillis(2_500));
        draft.repeat(3);
        draft.allowBusy(true);
        draft.gpuCostPerHour(2.5);
        RecordedPlan recorded = RecordedPlan.of(draft.plan());
        assertThat(recorded.tenants())
                .extracting(RecordedPlan.Alike::count, alike -> alike.settings().get("batch"), RecordedPlan.Alike::mps)
                .containsExactly(tuple(2, "32", MpsSettings.NONE), tuple(1, "32", low));
        assertThat(recorded.tenantCount()).isEqualTo(3);
        assertThat(recorded.tenantsDiffer()).isTrue();
        assertThat(recorded.simulated()).isTrue();
        assertThat(recorded.duration()).contains(Duration.ofMillis(2_500));
        assertThat(recorded.repetitions()).isEqualTo(3);
        assertThat(recorded.allowBusy()).isTrue();
        assertThat(recorded.gpuCostPerHour()).contains(2.5);
    }

    @Test
    void aTenantsOwnSettingsComeBeforeThoseOfAll() {
        RecordedPlan plan = recorded("""
                {"mode": {"kind": "mps", "thread_percentage": 50, "priority": "normal"},
                 "tenants": [{"workload": "a", "count": 2}, {"workload": "b", "mps": {"priority": "low"}}]}
                """);
        assertThat(plan.mpsOf(1).priority()).contains(MpsPriority.NORMAL);
        assertThat(plan.mpsOf(2).words()).containsExactly("50 %", "low priority");
        assertThat(plan.mpsOf(3)).as("a tenant that was not planned").isEqualTo(MpsSettings.NONE);
    }

    @Test
    void leavesOutWhatANewerVersionAdded() {
        RecordedPlan plan = recorded("""
                {"mode": {"kind": "time-slicing", "from_the_future": 1}, "tenants": [{"workload": "a"}], "more": {}}
                """);
        assertThat(plan.mode()).isEqualTo(SharingMode.timeSlicing());
        assertThat(plan.gpu()).isEqualTo(new GpuChoice.Any());
        assertThat(plan.duration()).isEqualTo(Optional.empty());
    }

    /** Taken for the same without the setting, such a run would be averaged with runs that it is unlike. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"mode": "quantum-leap"}                              | quantum-leap' is no mode
                    {"mode": {"kind": "time-slicing", "quantum": "huge"}} | huge' is no quantum
                    {"mode": {"kind": "mps", "thread_percentage": 400}}   | a thread percentage must be 1 to 100
                    {"mode": "mps", "tenants": [{"count": -1}]}           | its plan has an entry for -1 tenants
                    {"mode": "mps", "runtime": "elsewhere"}               | elsewhere' is no runtime
                    """)
    void refusesWhatItCannotTellApart(String json, String sentence) {
        assertThatThrownBy(() -> recorded(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void aPlanWithoutItsModeHasThatOfItsResult() throws IOException {
        ObjectNode plan = (ObjectNode) new ObjectMapper().readTree("{}");
        assertThat(RecordedPlan.read(plan, ModeKind.MPS).mode()).isEqualTo(SharingMode.mps());
        assertThat(RecordedPlan.read(plan, ModeKind.MPS).mpsOf(0)).isEqualTo(MpsSettings.NONE);
    }
}
