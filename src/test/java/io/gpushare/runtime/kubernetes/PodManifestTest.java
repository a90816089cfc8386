package io.gpushare.runtime.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.plan.KubernetesWishes;
import io.gpushare.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodManifestTest {
    private static PodManifest manifest(Workload.GpuNeed gpu, String... wishes) {
        Workload workload = new Workload(
                "mine",
                "For tests.",
                Workload.Kind.STRESS,
                "call",
                gpu,
                Path.of("/workloads/mine"),
                List.of("true"),
                Optional.of("gpushare/mine"),
                Workload.Launch.PARALLEL,
                Duration.ofMinutes(1),
                false,
                Optional.of(1L << 30),
                Optional.of(1.5),
                Map.of(),
                Map.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Workload.Origin.FOLDER,
                "0");
        return new PodManifest(workload, KubernetesWishes.parse(List.of(wishes)));
    }

    private static JsonNode pod(Workload.GpuNeed gpu, String... wishes) {
        return new ObjectMapper()
                .valueToTree(manifest(gpu, wishes).waiting(Map.of("gpushare.io/pods", "gpushare-1"), 600));
    }

    private static JsonNode container(JsonNode pod) {
        return pod.path("containers").path(0);
    }

    /** The end of its input is the end of the pod: so it goes when nobody is attached any more. */
    @Test
    void endsWithWhoeverIsAttached() {
        JsonNode pod = pod(Workload.GpuNeed.NONE, "namespace=ml");
        assertThat(container(pod).path("stdinOnce").asBoolean()).isTrue();
        assertThat(pod.path("terminationGracePeriodSeconds").asInt(-1)).isZero();
        assertThat(pod.path("restartPolicy").asText()).isEqualTo("Never");
        assertThat(pod.path("activeDeadlineSeconds").asInt()).isEqualTo(600);
    }

    @Test
    void mayDoNoMoreThanItNeeds() {
        JsonNode pod = pod(Workload.GpuNeed.NONE, "user=4711");
        assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(pod.path("securityContext").toString())
                .isEqualTo("{\"runAsGroup\":4711,\"runAsNonRoot\":true,\"runAsUser\":4711,"
                        + "\"seccompProfile\":{\"type\":\"RuntimeDefault\"}}");
        assertThat(container(pod).path("securityContext").toString())
                .isEqualTo("{\"allowPrivilegeEscalation\":false,\"capabilities\":{\"drop\":[\"ALL\"]},"
                        + "\"readOnlyRootFilesystem\":true}");
    }

    @Test
    void getsWhatItsWorkloadTakesAndNoLimitOnProcessorTime() {
        assertThat(container(pod(Workload.GpuNeed.NONE, "namespace=ml"))
                        .path("resources")
                        .toString())
                .isEqualTo("{\"limits\":{\"memory\":\"1073741824\"},"
                        + "\"requests\":{\"cpu\":\"1500m\",\"memory\":\"1073741824\"}}");
        assertThat(container(pod(Workload.GpuNeed.NONE, "cpus=2,memory=8Gi"))
                        .path("resources")
                        .toString())
                .isEqualTo("{\"limits\":{\"memory\":\"8Gi\"},\"requests\":{\"cpu\":\"2\",\"memory\":\"8Gi\"}}");
    }

    /** It would keep a GPU from a tenant, and see no other. */
    @Test
    void aSamplersPodSeesAllGpusOfItsNodeAndHasNone() {
        JsonNode pod = new ObjectMapper()
                .valueToTree(manifest(Workload.GpuNeed.REQUIRED, "gpu=nvidia.com/gpu,toleration=gpu:NoSchedule")
                        .sampling("gpushare:1", "node7", 600));
        assertThat(container(pod).path("image").asText()).isEqualTo("gpushare:1");
        assertThat(container(pod).path("resources").toString()).doesNotContain("gpu");
        assertThat(container(pod).path("env").toString())
                .contains("{\"name\":\"NVIDIA_VISIBLE_DEVICES\",\"value\":\"all\"}");
        assertThat(pod.path("affinity").toString()).contains("\"metadata.name\"", "\"node7\"");
        assertThat(pod.path("tolerations").size()).isOne();
        assertThat(container(pod).path("stdinOnce").asBoolean()).isTrue();
        assertThat(pod.path("activeDeadlineSeconds").asInt()).isEqualTo(600);
    }

    @Test
    void givesAGpuToThoseAloneThatUseOne() {
        JsonNode user = container(pod(Workload.GpuNeed.OPTIONAL, "gpu=nvidia.com/mig-1g.18gb:2"));
        assertThat(user.path("resources")
                        .path("limits")
                        .path("nvidia.com/mig-1g.18gb")
                        .asText())
                .isEqualTo("2");
        assertThat(user.path("env").toString()).doesNotContain("NVIDIA_VISIBLE_DEVICES");
        assertThat(user.path("volumeMounts").toString()).contains("/dev/shm");
        JsonNode other = container(pod(Workload.GpuNeed.NONE, "gpu=nvidia.com/gpu"));
        assertThat(other.path("resources").path("limits").has("nvidia.com/gpu")).isFalse();
        assertThat(other.path("env").toString()).contains("{\"name\":\"NVIDIA_VISIBLE_DEVICES\",\"value\":\"void\"}");
    }

    @Test
    void asksForThePlaceThatIsWanted() {
        assertThat(pod(Workload.GpuNeed.NONE, "placement=same-gpu")
                        .path("affinity")
                        .path("podAffinity")
                        .toString())
                .contains("{\"matchLabels\":{\"gpushare.io/pods\":\"gpushare-1\"}}", "kubernetes.io/hostname");
        assertThat(pod(Workload.GpuNeed.NONE, "placement=node=gpu-7")
                        .path("affinity")
                        .path("nodeAffinity")
                        .toString())
                .contains("{\"key\":\"metadata.name\",\"operator\":\"In\",\"values\":[\"gpu-7\"]}");
        assertThat(pod(Workload.GpuNeed.NONE, "placement=spread")
                        .path("topologySpreadConstraints")
                        .path(0)
                        .path("maxSkew")
                        .asInt())
                .isOne();
        assertThat(pod(Workload.GpuNeed.NONE, "placement=any").has("affinity")).isFalse();
    }

    @Test
    void isScheduledAndPulledAsIsWished() {
        JsonNode pod = pod(
                Workload.GpuNeed.NONE,
                "registry=registry.example:5000/team,pull=Always",
                "secret=login",
                "selector=zone=a",
                "toleration=nvidia.com/gpu:NoSchedule,spot=true",
                "account=runner,runtime=nvidia,priority=low,scheduler=kai-scheduler");
        assertThat(container(pod).path("image").asText()).isEqualTo("registry.example:5000/team/gpushare/mine");
        assertThat(container(pod).path("imagePullPolicy").asText()).isEqualTo("Always");
        assertThat(pod.path("imagePullSecrets").toString()).isEqualTo("[{\"name\":\"login\"}]");
        assertThat(pod.path("nodeSelector").toString()).isEqualTo("{\"zone\":\"a\"}");
        assertThat(pod.path("tolerations").toString())
                .isEqualTo("[{\"effect\":\"NoSchedule\",\"key\":\"nvidia.com/gpu\",\"operator\":\"Exists\"},"
                        + "{\"key\":\"spot\",\"operator\":\"Equal\",\"value\":\"true\"}]");
        assertThat(pod.path("serviceAccountName").asText()).isEqualTo("runner");
        assertThat(pod.path("runtimeClassName").asText()).isEqualTo("nvidia");
        assertThat(pod.path("priorityClassName").asText()).isEqualTo("low");
        assertThat(pod.path("schedulerName").asText()).isEqualTo("kai-scheduler");
    }
}
