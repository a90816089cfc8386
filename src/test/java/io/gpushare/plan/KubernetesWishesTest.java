package io.gpushare.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.GpushareException;
import io.gpushare.mode.ModeKind;
import io.gpushare.mode.Whereabouts;
import io.gpushare.mode.config.ModeText;
import io.gpushare.plan.KubernetesWishes.GpuResource;
import io.gpushare.plan.KubernetesWishes.Toleration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesWishesTest {

    private static PlanDraft inCluster(String workload, String... wishes) {
        PlanDraft draft = new PlanDraft(new SomeWorkloads());
        draft.addTenants(workload, 2, Map.of());
        draft.runtime(RuntimeChoice.KUBERNETES);
        draft.kubernetes(KubernetesWishes.parse(List.of(wishes)));
        return draft;
    }

    @Test
    void readsWhatTheClusterIsAskedFor() {
        KubernetesWishes wishes = KubernetesWishes.parse(List.of(
                "namespace=ml,gpu=nvidia.com/gpu.shared:2",
                "selector=zone=a,nvidia.com/gpu.product=Tesla-T4,wait=15m",
                "toleration=nvidia.com/gpu:NoSchedule,spot=true"));
        assertThat(wishes.value("namespace")).contains("ml");
        assertThat(wishes.gpu()).contains(new GpuResource("nvidia.com/gpu.shared", 2));
        assertThat(wishes.selector()).isEqualTo(Map.of("zone", "a", "nvidia.com/gpu.product", "Tesla-T4"));
        assertThat(wishes.patience()).isEqualTo(Duration.ofMinutes(15));
        assertThat(wishes.tolerations())
                .containsExactly(
                        new Toleration("nvidia.com/gpu", Optional.empty(), Optional.of("NoSchedule")),
                        new Toleration("spot", Optional.of("true"), Optional.empty()));
        assertThat(KubernetesWishes.parse(List.of(wishes.text()))).isEqualTo(wishes);
    }

    @Test
    void readsWhereTenantsAreToBe() {
        assertThat(KubernetesWishes.placed("node=gpu-7").placement()).isEqualTo(new Whereabouts.OnNode("gpu-7"));
        assertThat(KubernetesWishes.NONE.placement()).isEqualTo(new Whereabouts.Anywhere());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "namespcae=ml|'namespcae' is nothing that can be asked of Kubernetes here.",
                "ml|'ml' is no wish",
                "namespace=|namespace has no value",
                "namespace=My_Team|'My_Team' cannot be the value of namespace",
                "gpu=1|'1' cannot be the value of gpu",
                "gpu=nvidia.com/gpu:0|must be from 1 to 64",
                "pull=always|'always' cannot be the value of pull",
                "placement=here|'here' cannot be the value of placement",
                "wait=soon|soon",
            })
    void refusesWhatItDoesNotKnow(String text, String why) {
        assertThatThrownBy(() -> KubernetesWishes.parse(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void comesBackFromAPlanAndARecordedOne() {
        RunPlan plan = inCluster("spin", "namespace=ml,gpu=nvidia.com/gpu").plan();
        assertThat(plan.gpu()).isEqualTo(new GpuChoice.None());
        assertThat(plan.gpusElsewhere()).isTrue();
        assertThat(RecordedPlan.of(plan).kubernetes()).isEqualTo(plan.kubernetes());
        assertThat(RecordedPlan.of(plan).runtime()).isEqualTo(RuntimeChoice.KUBERNETES);
    }

    @Test
    void refusesWhatNobodyCanSetUpInACluster() {
        PlanDraft mps = inCluster("spin", "gpu=nvidia.com/gpu");
        mps.mode(ModeText.plain(ModeKind.MPS));
        assertThatThrownBy(mps::plan)
                .isInstanceOf(GpushareException.class)
                .hasMessage("gpushare brings no GPU of a cluster into the mode mps");
        assertThatThrownBy(inCluster("matmul-burn")::plan)
                .hasMessage("the workload 'matmul-burn' needs a GPU, and the cluster is asked for none");
        PlanDraft elsewhere = inCluster("spin", "namespace=ml");
        elsewhere.runtime(RuntimeChoice.PROCESS);
        assertThatThrownBy(elsewhere::plan).hasMessageContaining("the tenants do not run there");
    }
}
