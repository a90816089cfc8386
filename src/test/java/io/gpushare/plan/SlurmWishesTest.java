package io.gpushare.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.GpushareException;
import io.gpushare.mode.ModeKind;
import io.gpushare.mode.MpsDaemonChoice;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.SharingMode;
import io.gpushare.mode.config.ModeText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlurmWishesTest {

    private static PlanDraft onSlurm(String... wishes) {
        PlanDraft draft = new PlanDraft(new SomeWorkloads());
        draft.addTenants("spin", 2, Map.of());
        draft.runtime(RuntimeChoice.SLURM);
        draft.slurm(SlurmWishes.parse(List.of(wishes)));
        return draft;
    }

    @Test
    void readsListsAndKeepsCommasOfValues() {
        SlurmWishes wishes = SlurmWishes.parse(List.of("partition=gpu,gres=gpu:1,shard:2", "nodes=2"));
        assertThat(wishes.values()).containsEntry("gres", "gpu:1,shard:2").containsEntry("partition", "gpu");
        assertThat(wishes.nodes()).isEqualTo(2);
        assertThat(SlurmWishes.parse(List.of(wishes.text()))).isEqualTo(wishes);
    }

    @ParameterizedTest
    @CsvSource({"gpu:1, true, false", "gres/gpu:2, true, false", "mps:25, true, true", "'craynetwork:1', false, false"})
    void knowsWhoGetsGpus(String gres, boolean gpus, boolean mps) {
        SlurmWishes wishes = SlurmWishes.parse(List.of("gres=" + gres));
        assertThat(wishes.gpus()).isEqualTo(gpus);
        assertThat(wishes.mps()).isEqualTo(mps);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "partitoin=gpu|'partitoin' is nothing that can be asked of Slurm here.",
                "gpu|'gpu' is no wish",
                "nodes=two|two",
                "qos=|qos has no value",
            })
    void refusesWhatItDoesNotKnow(String text, String why) {
        assertThatThrownBy(() -> SlurmWishes.parse(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void takesNoGpuOfThisMachine() {
        RunPlan plan = onSlurm("gres=gpu:1").plan();
        assertThat(plan.gpu()).isEqualTo(new GpuChoice.None());
        assertThat(plan.gpusElsewhere()).isTrue();
    }

    @Test
    void comesBackFromAPlanAndARecordedOne() {
        RunPlan plan = onSlurm("partition=gpu,nodes=2").plan();
        assertThat(RecordedPlan.of(plan).slurm()).isEqualTo(plan.slurm());
        assertThat(RecordedPlan.of(plan).runtime()).isEqualTo(RuntimeChoice.SLURM);
    }

    @Test
    void takesTheMpsOfTheSiteAsItIs() {
        PlanDraft mps = onSlurm("gres=mps:25,sampler=/opt/gpushare/gpushare");
        mps.mode(ModeText.plain(ModeKind.MPS));
        assertThat(mps.plan().mode()).isEqualTo(SharingMode.mps());
    }

    @Test
    void refusesWhatNobodyCanSetUpOnANode() {
        PlanDraft mps = onSlurm("gres=gpu:1");
        mps.mode(ModeText.plain(ModeKind.MPS));
        assertThatThrownBy(mps::plan)
                .isInstanceOf(GpushareException.class)
                .hasMessage("gpushare brings no GPU of a node of Slurm into the mode mps");
        PlanDraft limited = onSlurm("gres=mps:25");
        limited.mode(new SharingMode.Mps(
                new MpsSettings(OptionalInt.of(50), OptionalLong.empty(), Optional.empty()),
                new MpsDaemonChoice.Own(),
                false));
        assertThatThrownBy(limited::plan).isInstanceOf(GpushareException.class);
        PlanDraft named = onSlurm();
        named.gpu(new GpuChoice.Named("0"));
        assertThatThrownBy(named::plan).hasMessageContaining("no GPU of this machine");
        assertThatThrownBy(onSlurm("nodes=3")::plan).hasMessage("3 nodes for 2 tenants: some would have none");
        PlanDraft elsewhere = onSlurm("nodes=2");
        elsewhere.runtime(RuntimeChoice.PROCESS);
        assertThatThrownBy(elsewhere::plan).hasMessageContaining("--slurm asks Slurm for something");
    }
}
