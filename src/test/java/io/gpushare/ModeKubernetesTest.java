package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gpushare.fake.EngineTurn;
import io.gpushare.process.CommandResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code mode apply} on a real API server, with a node that is none and a device plugin that this plays. */
@Tag("cluster")
@ExtendWith(EngineTurn.class)
final class ModeKubernetesTest {
    private static final String NODE = "gpushare-modes";
    private static final String MODE =
            " --runtime kubernetes --kubernetes namespace=default,configmap=gpushare-modes,node=" + NODE;

    private static final String CLUSTER = """
            folder=${KUBECONFIG%/*}; export PATH=$folder/bin:$PATH
            label() { kubectl get node gpushare-modes -o 'jsonpath={.metadata.labels.nvidia\\.com/device-plugin\\.config}'; }
            # Usage: advertise WHOLE SHARED
            advertise() {
                curl -fsS --cacert "$folder/pki/apiserver.crt" -X PATCH -H 'Content-Type: application/merge-patch+json' \\
                    -H "Authorization: Bearer $(cut -d , -f 1 "$folder/pki/tokens.csv")" \\
                    "$(kubectl config view -o 'jsonpath={.clusters[0].cluster.server}')/api/v1/nodes/gpushare-modes/status" \\
                    -d '{"status": {"allocatable": {"nvidia.com/gpu": "'$1'", "nvidia.com/gpu.shared": "'$2'"}}}' > seen
            }
            """;

    private static final String OBJECTS = """
            apiVersion: v1
            kind: Node
            metadata: {name: gpushare-modes, labels: {purpose: test}}
            spec: {unschedulable: true}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: gpushare-modes, namespace: default}
            data: {other: "version: v1"}
            """;

    @TempDir
    Path temporary;

    private BenchProgram program;

    @BeforeEach
    void makeANode() throws Exception {
        String configuration = System.getenv().getOrDefault("KUBECONFIG", "");
        assumeTrue(
                Files.exists(Path.of(configuration).resolveSibling("commands").resolve("kube-apiserver")),
                "KUBECONFIG names no cluster of src/test/kubernetes/cluster, which starts one");
        program = new BenchProgram(temporary, Map.of());
        Files.writeString(temporary.resolve("objects.yaml"), OBJECTS);
        CommandResult made = program.shell(CLUSTER + "kubectl apply -f objects.yaml && advertise 4 0");
        assertThat(made.exitCode()).as(made.stderr()).isZero();
    }

    @AfterEach
    void removeIt() throws InterruptedException {
        if (program != null) {
            program.shell(CLUSTER + "kubectl delete -f objects.yaml --ignore-not-found --wait=false");
        }
    }

    private String kept() throws InterruptedException {
        return program.shell(
                        CLUSTER + "echo \"$(label) $(kubectl get configmap gpushare-modes -o 'jsonpath={.data}')\"")
                .stdout()
                .strip();
    }

    /** What it does until somebody else does something, once the label is set. */
    private CommandResult applied(String then) throws InterruptedException {
        return program.shell(CLUSTER + """
                %s mode apply time-slicing-4%s,wait=60s > out 2> err & pid=$!
                until [[ $(label) == gpushare-time-slicing-4 ]]; do kill -0 $pid || break; sleep 0.1; done
                %s
                wait $pid; echo "status $?"; cat out err
                """.formatted(BenchProgram.GPUSHARE, MODE, then));
    }

    @Test
    void waitsUntilTheNodeAdvertisesItAndPutsItBack() throws Exception {
        CommandResult applied = applied("advertise 0 16");
        assertThat(applied.stdout())
                .contains("status 0")
                .contains("Proof: it advertises 16 nvidia.com/gpu.shared, and before 4 nvidia.com/gpu.");
        assertThat(kept()).startsWith("gpushare-time-slicing-4 {").contains("\"other\":\"version: v1\"");

        CommandResult shown = program.gpushare("mode show" + MODE);
        assertThat(shown.stdout()).contains("advertises     16 nvidia.com/gpu.shared");

        CommandResult restored =
                program.shell(CLUSTER + "advertise 4 0; " + BenchProgram.GPUSHARE + " mode restore" + MODE);
        assertThat(restored.exitCode()).as(restored.stderr()).isZero();
        assertThat(kept()).isEqualTo("{\"other\":\"version: v1\"}");
    }

    @Test
    void putsBackOnCtrlC() throws Exception {
        assertThat(applied("kill -TERM $pid").stdout())
                .contains("status 130")
                .contains("the node gpushare-modes was put back");
        assertThat(kept()).isEqualTo("{\"other\":\"version: v1\"}");
    }

    @Test
    void cleansUpAfterAKill() throws Exception {
        assertThat(applied("kill -KILL $pid").stdout()).contains("status 137");
        assertThat(kept()).startsWith("gpushare-time-slicing-4 {");
        CommandResult cleaned = program.gpushare("cleanup");
        assertThat(cleaned.stdout()).as(cleaned.stderr()).contains("of the node gpushare-modes");
        assertThat(kept()).isEqualTo("{\"other\":\"version: v1\"}");
    }

    @Test
    void saysWhichRightIsMissing() throws Exception {
        CommandResult refused = program.shell(CLUSTER + """
                kubectl create serviceaccount gpushare-modes > made
                secret=$(until kubectl get serviceaccount gpushare-modes -o 'jsonpath={.secrets[0].name}' | grep .; do
                    sleep 0.1; done)
                token=$(kubectl get secret "$secret" -o 'jsonpath={.data.token}' | base64 -d)
                (umask 077; sed "s/token: [^}]*/token: $token/" "$KUBECONFIG" > ann)
                KUBECONFIG=ann %s mode apply mps-2%s; status=$?
                kubectl delete serviceaccount gpushare-modes > gone
                exit $status
                """.formatted(BenchProgram.GPUSHARE, MODE));
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.stderr()).contains("this user may not get nodes: nodes \"gpushare-modes\" is forbidden");
    }
}
