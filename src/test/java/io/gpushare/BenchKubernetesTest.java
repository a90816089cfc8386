package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.process.CommandResult;
import io.gpushare.results.benchmark.GpuUse;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.RunResultFile;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.TenantResult.Problem;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code bench} as a person runs it, with tenants on the two nodes of a real Kubernetes. */
@Tag("cluster")
final class BenchKubernetesTest {
    private static final String SPIN =
            "bench --out results --runtime kubernetes --kubernetes wait=80s --baseline none --precision 90%"
                    + " --workload spin:";

    /** Of the cluster that src/test/kubernetes/cluster made; in a script with its programs on the PATH. */
    private static final String CLUSTER = "export PATH=${KUBECONFIG%/*}/bin:$PATH; cluster=${KUBECONFIG%/*}\n";

    private static final String AGAIN = Path.of("src/test/kubernetes/cluster").toAbsolutePath() + " again $cluster ";

    /** Somebody else's, and made to look as much like one of ours as can be. */
    private static final String FOREIGN = """
            apiVersion: v1
            kind: Pod
            metadata: {name: gpushare-foreign-0, labels: {app.kubernetes.io/managed-by: gpushare, gpushare.io/pods: other}}
            spec:
              nodeName: node1
              terminationGracePeriodSeconds: 0
              containers: [{name: tenant, image: gpushare/pause:1, imagePullPolicy: Never}]
            """;

    @TempDir
    static Path ofAll;

    @TempDir
    Path temporary;

    private BenchProgram program;
    private List<String> before = List.of();

    @BeforeAll
    static void needsACluster() throws Exception {
        String configuration = System.getenv().getOrDefault("KUBECONFIG", "");
        assumeTrue(
                Files.exists(Path.of(configuration).resolveSibling("commands").resolve("kube-apiserver")),
                "KUBECONFIG names no cluster of src/test/kubernetes/cluster, which starts one");
        BenchProgram shell = new BenchProgram(ofAll, Map.of());
        Files.writeString(ofAll.resolve("foreign.yaml"), FOREIGN);
        CommandResult made = shell.shell(CLUSTER + "kubectl apply -f foreign.yaml"
                + " && kubectl wait --for=condition=Ready --timeout=60s pod/gpushare-foreign-0");
        assertThat(made.exitCode()).as(made.stderr()).isZero();
    }

    @AfterAll
    static void removeTheForeignPod() throws InterruptedException {
        new BenchProgram(ofAll, Map.of())
                .shell(CLUSTER + "kubectl delete pod gpushare-foreign-0 --ignore-not-found --wait=false");
    }

    @BeforeEach
    void startInAFolderOfItsOwn() throws InterruptedException {
        program = new BenchProgram(temporary, Map.of());
        before = objects();
        assertThat(before).contains("pod/gpushare-foreign-0");
    }

    private String kubectl(String arguments) throws InterruptedException {
        CommandResult told = program.shell(CLUSTER + "kubectl " + arguments);
        assertThat(told.exitCode()).as(told.stderr()).isZero();
        return told.stdout().strip();
    }

    /** In whatever namespace; those that are being deleted count as gone. */
    private List<String> objects() throws InterruptedException {
        return kubectl("get pods,configmaps --all-namespaces --no-headers | awk '!/Terminating/ { print $2 }'")
                .lines()
                .filter(name -> name.matches(".*/gpushare-([0-9a-f]{10}|foreign).*"))
                .toList();
    }

    private void nothingIsLeftButTheForeignPod() throws Exception {
        assertThat(objects()).isEqualTo(before);
        assertThat(kubectl("get pod gpushare-foreign-0 -o jsonpath={.status.phase}{.metadata.deletionTimestamp}"))
                .isEqualTo("Running");
        Path records = temporary.resolve("state/kubernetes");
        if (Files.exists(records)) {
            assertThat(records).isEmptyDirectory();
        }
    }

    private RunResult eight(String placement) throws Exception {
        CommandResult ran = program.gpushare(SPIN + "8 --duration 5s --placement " + placement);

        RunResult run = program.onlyResult();
        // On a machine that others keep busy figures wobble; nothing else may speak against it.
        assertThat(run.verdict().findings())
                .extracting(Finding::reason)
                .as(ran.stderr())
                .isSubsetOf(
                        Reason.IMPRECISE,
                        Reason.DRIFTING,
                        Reason.TOO_FEW_SAMPLES,
                        Reason.HOST_SLOWED,
                        Reason.START_SKEW,
                        Reason.SAMPLER_MISSED_TICKS);
        assertThat(run.tenants()).hasSize(8).allSatisfy(tenant -> {
            assertThat(tenant.work().units()).isPositive();
            assertThat(tenant.start().launched().path("clock_error_ns").asLong())
                    .isBetween(1L, 100_000_000L);
            assertThat(tenant.start().launched().path("image_id").asText()).contains("sha256:");
        });
        nothingIsLeftButTheForeignPod();
        return run;
    }

    private static String node(TenantResult tenant) {
        return tenant.start().launched().path("node").asText();
    }

    @Test
    void measuresEightTenantsOnTwoNodesAndLeavesOnlyTheResult() throws Exception {
        RunResult run = eight("spread");

        assertThat(run.tenants())
                .filteredOn(tenant -> node(tenant).equals("node1"))
                .hasSize(4);
        assertThat(run.tenants())
                .filteredOn(tenant -> node(tenant).equals("node2"))
                .hasSize(4);
        assertThat(run.environment().path("runtime").path("version").asText()).isEqualTo("v1.20.2");
    }

    @Test
    void measuresEightTenantsOnTheNodeThatIsNamed() throws Exception {
        assertThat(eight("node=node2").tenants())
                .extracting(BenchKubernetesTest::node)
                .containsOnly("node2");
    }

    /** Like spin, and asks for a GPU that it does not use. */
    private String workload(String image) throws Exception {
        Path folder = Files.createDirectories(temporary.resolve("asking"));
        Files.writeString(folder.resolve("workload.yaml"), """
                name: asking
                description: Asks for a GPU.
                kind: stress
                unit: addition
                gpu: optional
                command: [python3, -u, spin.py]
                image: %s
                ready_timeout: 60s
                """.formatted(image));
        return "bench --out results --runtime kubernetes --baseline none --duration 4s --workload"
                + " ./asking/workload.yaml:";
    }

    @Test
    void aFleetRunsThePlanOnEachNodeByItselfAndLeavesOutOneThatIsCordoned() throws Exception {
        program.shell("%s %s1 --duration 4s --dry-run > plan.yaml".formatted(BenchProgram.GPUSHARE, SPIN));

        JsonNode both = fleet("--nodes kubernetes.io/os=linux");
        assertThat(both.path("nodes").findValuesAsText("node")).containsExactly("node1", "node2");
        assertThat(both.path("nodes"))
                .allSatisfy(node -> assertThat(
                                node.path("units_per_sec").path("addition").asDouble())
                        .isPositive());

        kubectl("cordon node2");
        try {
            JsonNode one = fleet("--nodes all");
            assertThat(one.path("nodes").findValuesAsText("node")).containsExactly("node1");
            assertThat(one.at("/left_out/0/why").asText()).isEqualTo("it is cordoned");
        } finally {
            kubectl("uncordon node2");
        }
        nothingIsLeftButTheForeignPod();
    }

    private JsonNode fleet(String options) throws Exception {
        CommandResult ran = program.shell("%s fleet plan.yaml --json %s".formatted(BenchProgram.GPUSHARE, options));
        // On a busy machine a run may be too inexact to be valid.
        assertThat(ran.exitCode()).as(ran.stderr()).isIn(0, 4);
        return new ObjectMapper().readTree(ran.stdout()).path("fleet");
    }

    /** @param words in this order, of what is said */
    private void refused(String bench, String... words) throws Exception {
        CommandResult refused = program.gpushare(bench);

        assertThat(refused.exitCode()).as(refused.stderr()).isEqualTo(3);
        assertThat(refused.stderr()).containsSubsequence(words);
        assertThat(program.results()).isEmpty();
        nothingIsLeftButTheForeignPod();
    }

    /** Two nodes have four GPUs each. */
    @Test
    void tellsWhyThePodTooManyIsNotScheduled() throws Exception {
        refused(
                workload("gpushare/spin") + "3 --kubernetes gpu=nvidia.com/gpu:4,wait=5s",
                "did not run within 5s: Unschedulable: 0/2 nodes are available: 2 Insufficient nvidia.com/gpu");
    }

    @Test
    void namesWhatNodesAdvertiseInsteadOfTheResourceThatIsAskedFor() throws Exception {
        refused(
                workload("gpushare/spin") + "1 --kubernetes gpu=nvidia.com/gpu.shared",
                "no node of the cluster has 1 of nvidia.com/gpu.shared",
                "They advertise nvidia.com/gpu.");
    }

    @Test
    void tellsThatAnImageCannotBePulled() throws Exception {
        refused(
                workload("gpushare/spin") + "1 --kubernetes registry=127.0.0.1:1/none,wait=80s",
                "the pod for tenant 0 does not run: ",
                "127.0.0.1:1/none/gpushare/spin");
    }

    @Test
    void tellsThatAQuotaIsUsedUp() throws Exception {
        kubectl("create namespace narrow");
        try {
            kubectl("create quota few --hard=pods=1 -n narrow");
            program.shell(CLUSTER + "for i in $(seq 100); do kubectl get serviceaccount default -n narrow"
                    + " && kubectl get quota few -n narrow -o jsonpath={.status.hard.pods} | grep 1 && break;"
                    + " sleep 0.2; done");
            refused(
                    SPIN + "2 --duration 4s --kubernetes namespace=narrow",
                    "the cluster takes no pod for tenant 1: ",
                    "exceeded quota: few",
                    "kubectl describe quota");
        } finally {
            kubectl("delete namespace narrow --wait=false");
        }
    }

    /** Beside a pod of somebody else. */
    private RunResult struck(String blow) throws Exception {
        program.shell(CLUSTER + """
            set -m
            %s %s2 --placement spread --duration 6s > out 2> err & pid=$!
            until [ "$(cat results/bench*.jsonl 2> /dev/null | grep '"event":"window"' | grep -o '"tenant":[0-9]*' \\
                | sort -u | wc -l)" -eq 2 ]; do
                kill -0 $pid || break; sleep 0.2
            done
            pod=$(kubectl get pods -l gpushare.io/tenant=1 -o name)
            node=$(kubectl get $pod -o jsonpath={.spec.nodeName})
            %s
            wait $pid
            """.formatted(BenchProgram.GPUSHARE, SPIN, blow));
        RunResult run = program.onlyResult();
        nothingIsLeftButTheForeignPod();
        return run;
    }

    private static Optional<String> problem(RunResult run, int tenant) {
        return run.tenants().get(tenant).problem().map(Problem::message);
    }

    @Test
    void tellsThatAPodWasDeletedAndMeasuresTheOther() throws Exception {
        RunResult run = struck("kubectl delete $pod");

        assertThat(run.verdict().findings()).extracting(Finding::reason).contains(Reason.TENANT_FAILED);
        assertThat(problem(run, 1))
                .hasValueSatisfying(message -> assertThat(message).startsWith("it was lost: its pod gpushare-"));
        assertThat(problem(run, 1))
                .hasValueSatisfying(message -> assertThat(message).contains(" was deleted while it was measured"));
        assertThat(run.tenants()).filteredOn(TenantResult::failed).hasSize(1);
    }

    /** What runs on its node ends with the connection, which goes through it. */
    @Test
    void tellsThatAKubeletDied() throws Exception {
        RunResult run = struck("kill -9 $(cat $cluster/pids/kubelet-$node); sleep 4; " + AGAIN + "kubelet-$node");

        assertThat(problem(run, 1))
                .hasValueSatisfying(message ->
                        assertThat(message).startsWith("it was lost: the connection to its pod on the node node"));
        assertThat(run.tenants()).filteredOn(TenantResult::failed).hasSize(1);
    }

    @Test
    void endsARunWhoseApiServerWentAwayAndRemovesItsPodsWhenItIsBack() throws Exception {
        RunResult run = struck("kill -9 $(cat $cluster/pids/kube-apiserver); sleep 5; " + AGAIN + "kube-apiserver");

        assertThat(run.verdict().findings()).extracting(Finding::reason).contains(Reason.TENANT_FAILED);
        assertThat(run.tenants())
                .allSatisfy(tenant -> assertThat(tenant.problem().map(Problem::message))
                        .hasValueSatisfying(
                                message -> assertThat(message).startsWith("it was lost: the connection to its pod")));
    }

    /** Two tenants, each on a GPU that is called after its node, as the sampler calls it. */
    private String sampled() throws Exception {
        Path folder = Files.createDirectories(temporary.resolve("seeing"));
        Files.writeString(folder.resolve("workload.yaml"), """
                name: seeing
                description: Says that it sees the GPU of its node.
                kind: stress
                unit: addition
                gpu: optional
                command:
                - python3
                - -uc
                - |
                  import os, sys
                  sys.path[:0] = ["/workloads", "/workloads/spin"]
                  from gpushare_tenant import main
                  from spin import Spin
                  class Seeing(Spin):
                      name = "seeing"
                      def device(self):
                          return {"name": "NVIDIA H200", "uuid": "GPU-" + os.environ["GPUSHARE_NODE"]}
                  main(Seeing)
                image: gpushare/spin
                ready_timeout: 60s
                """);
        return " --baseline none --precision 90% --runtime kubernetes"
                + " --kubernetes gpu=nvidia.com/gpu,sampler=gpushare/spin --placement spread --workload ./seeing/workload.yaml:2 ";
    }

    /** Of the second repetition the pod of one sampler is gone. */
    @Test
    void samplesTheGpusOfItsNodesFromPodsOfItsOwnAsLongAsTheseAreThere() throws Exception {
        program.shell(CLUSTER + """
            %s bench --out results --duration 3s --repeat 2 %s > out 2> err & pid=$!
            until ls results/bench*-r1.json > /dev/null 2>&1; do kill -0 $pid || break; sleep 0.2; done
            kubectl delete --wait=false $(kubectl get pods -o name | grep sampler2)
            wait $pid
            """.formatted(BenchProgram.GPUSHARE, sampled()));

        List<RunResult> runs = program.results().stream()
                .filter(file -> file.getFileName().toString().matches("benchmark_.*-r[12]\\.json"))
                .sorted()
                .map(RunResultFile::read)
                .toList();
        assertThat(runs)
                .as(program.text("err"))
                .hasSize(2)
                .allSatisfy(run -> assertThat(run.tenants())
                        .filteredOn(TenantResult::failed)
                        .isEmpty());
        RunResult whole = runs.getFirst();
        GpuUse use = whole.gpu().asOptional().orElseThrow(() -> new AssertionError(whole.gpu()));
        assertThat(use.levels("power_w").orElseThrow().mean()).isEqualTo(100);
        // Of two GPUs for three seconds or four.
        assertThat(use.counterJoules().asOptional().orElseThrow()).isBetween(500.0, 1200.0);
        assertThat(whole.sampling().path("nodes").findValuesAsText("node")).containsExactly("node1", "node2");
        assertThat(runs.getLast().gpu().toString()).contains("Absent", "on the node node2, ");
        assertThat(runs.getLast().warnings()).anyMatch(warning -> warning.contains("of the node node2"));
        nothingIsLeftButTheForeignPod();
    }

    @Test
    void deletesItsPodsWhenItIsInterrupted() throws Exception {
        CommandResult ended =
                program.interrupted(SPIN.replace("bench --out results ", "") + "2 --duration 1m", 2, "INT");

        assertThat(ended.stdout()).as(program.text("err")).startsWith("status 130\n");
        nothingIsLeftButTheForeignPod();
    }

    @Test
    void aKilledRunGivesItsPlacesBackAndCleanupRemovesTheRest() throws Exception {
        CommandResult killed =
                program.interrupted(SPIN.replace("bench --out results ", "") + "2 --duration 1m", 2, "KILL");
        assertThat(killed.stdout()).startsWith("status 137\n");
        // Without anybody's doing: nobody is attached any more.
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        List<String> phases = List.of("");
        while (!phases.equals(List.of("Succeeded", "Succeeded")) && System.nanoTime() < deadline) {
            Thread.sleep(200);
            phases = kubectl("get pods -l gpushare.io/tenant --no-headers -o custom-columns=:.status.phase")
                    .lines()
                    .toList();
        }
        assertThat(phases).containsExactly("Succeeded", "Succeeded");

        CommandResult cleanup = program.cleanup();

        assertThat(cleanup.exitCode()).as(cleanup.stderr()).isZero();
        assertThat(cleanup.stdout()).contains("Kubernetes run");
        nothingIsLeftButTheForeignPod();
    }

    /** With images that are not there, which is the kubelet's concern and not the API server's. */
    @ParameterizedTest
    @CsvSource({"pods, pods", "jobs, jobs", "service, deployments"})
    void theServerTakesWhatIsRendered(String file, String kind) throws Exception {
        String namespace = "rendered-" + file;
        kubectl("create namespace " + namespace);
        try {
            kubectl("apply -n " + namespace + " -f "
                    + Path.of("workloads/kubernetes", file + ".yaml").toAbsolutePath());
            assertThat(kubectl("get " + kind + ",quota,configmaps -o name -n " + namespace))
                    .contains("configmap/gpushare-variables", "resourcequota/gpushare-quota")
                    .contains(Map.of(
                                    "pods",
                                    "pod/notebook-2",
                                    "jobs",
                                    "job.batch/bert-train-1",
                                    "deployments",
                                    "deployment.apps/inference-server")
                            .get(kind));
        } finally {
            kubectl("delete namespace " + namespace + " --wait=false");
        }
    }

    @Test
    void theServerTakesConfigurationsOfTheDevicePlugin() throws Exception {
        kubectl("apply --dry-run=server -f "
                + Path.of("gpu-configs/kubernetes/device-plugin.yaml").toAbsolutePath());
        kubectl("apply --dry-run=server -f "
                + Path.of("gpu-configs/kubernetes/kai-fraction.yaml").toAbsolutePath());
    }
}
