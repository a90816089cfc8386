package io.gpushare;

import static io.gpushare.FakeCloud.assertEnded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.gpushare.process.CommandResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code gpu-configs/gcp/gke.sh} in a cloud that is none. */
final class GkeScriptTest extends GkeInAFakeCloud {
    @Test
    void makesRunsFetchesAndDeletes() throws Exception {
        CommandResult ran = gke("all");
        assertEnded(ran, 0, "It costs about $0.90 an hour", "× nvidia.com/gpu", "gpushare ended with status 0");
        assertThat(ran.stderr()).contains("Looked: nothing with the label gpushare_run=mine");
        assertThat(ran.stdout()).isEqualTo("results of mine\n");
        Path results = temporary.resolve("results of mine");
        assertThat(results.resolve("results/benchmark.json")).hasContent("{}");
        try (Stream<Path> files = Files.list(results)) {
            assertThat(files.filter(file -> file.toString().contains("/log-")))
                    .singleElement()
                    .satisfies(log -> assertThat(log).hasContent("four tenants"));
        }
        assertThat(changes().stream()
                        .map(line -> line.replaceAll(" --(tag|config|project|cluster)=?.*", "")
                                .replaceAll(" --kubeconfig=\\S+ --name\\S+", "")))
                .containsExactly(
                        "docker build",
                        "gcloud artifacts repositories create mine",
                        "docker",
                        "docker",
                        "gcloud container clusters create mine",
                        "gcloud container node-pools create gpu",
                        "kubectl create --filename=-",
                        "kubectl logs job/mine --container=bench --follow",
                        "kubectl exec job/mine --container=results -- tar -C /work -czf - .",
                        "kubectl logs job/mine --container=bench",
                        "kubectl delete job mine --ignore-not-found --wait",
                        "gcloud container clusters delete mine",
                        "gcloud artifacts repositories delete mine");
        assertThat(cloud.read("login")).isEqualTo("secret-word\n");
        assertThat(ran.stderr() + cloud.log()).doesNotContain("secret-word");
        assertNothingIsLeft();
    }

    @Test
    void asksForWhatWasAsked() throws Exception {
        gke(
                "all",
                "--spot",
                "--count",
                "2",
                "--hours",
                "1",
                "--share",
                "mps:3",
                "--zone",
                "europe-west4-b",
                "--",
                "bench",
                "--gpu",
                "none");
        assertThat(cloud.log())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("gcloud container node-pools create gpu")
                        .contains(
                                " --spot ",
                                "count=2,gpu-driver-version=default,gpu-sharing-strategy=mps,max-shared-clients-per-gpu=3")
                        .contains("--location=europe-west4-b", "gpushare_run=mine"));
        JsonNode pod = job().at("/spec/template/spec");
        assertThat(job().at("/spec/activeDeadlineSeconds").asInt()).isEqualTo(3600);
        assertThat(pod.at("/containers/0/resources/limits/nvidia.com~1gpu").asInt())
                .isEqualTo(1);
        assertThat(pod.at("/containers/0/image").asText())
                .isEqualTo("europe-west4-docker.pkg.dev/my-project/mine/gpushare:latest");
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/restartPolicy").asText()).isEqualTo("Never");
    }

    private JsonNode job() throws Exception {
        return new YAMLMapper().readTree(cloud.read("job.yaml"));
    }

    @Test
    void handsEveryCharacterOn() throws Exception {
        List<String> words = List.of(
                "bench",
                "it's",
                "\"two\"  words",
                "$(HOME) $x",
                "a\\b&c@NAME@",
                "tab\there",
                "line\nbreak",
                "Ä · 字",
                "");
        gke("all", Stream.concat(Stream.of("--"), words.stream()).toArray(String[]::new));
        List<String> arguments = new ArrayList<>();
        // Kubernetes takes two dollars for one.
        job().at("/spec/template/spec/containers/0/args")
                .forEach(word -> arguments.add(word.asText().replace("$$", "$")));
        assertThat(arguments).isEqualTo(words);
        assertThat(cloud.read("job.yaml")).contains("$$(HOME) $$x");
    }

    /** What a dry run prints is typed into a shell, and the same is done as by the script. */
    @Test
    void aDryRunPrintsWhatWouldBeRunAndRunsNothing() throws Exception {
        CommandResult dry = gke("all", "--dry-run", "--", "bench", "--env", "A=it's");
        assertThat(dry.exitCode()).isZero();
        assertThat(cloud.log()).isEmpty();
        assertThat(temporary.resolve("results of mine")).doesNotExist();

        Files.createDirectory(temporary.resolve("results of mine"));
        Files.writeString(temporary.resolve("dry"), dry.stdout());
        cloud.shell("bash -e dry").requireSuccess("do what the dry run printed");
        List<String> typed = done();
        assertThat(temporary.resolve("results of mine/results/benchmark.json")).hasContent("{}");
        assertNothingIsLeft();

        cloud.write("log", "");
        cloud.write("pod/looks", "Running||gke-node||2026-12-01T09:00:00Z|||\nRunning||gke-node|||0|Completed|\n");
        assertThat(gke("all", "--", "bench", "--env", "A=it's").exitCode()).isZero();
        assertThat(done()).containsExactlyInAnyOrderElementsOf(typed);
    }

    /** Without looks at what is left, which are as many as it takes. */
    private List<String> done() throws Exception {
        return cloud.log().stream()
                .filter(line -> !line.contains(" list ") && !line.contains("context inspect"))
                .map(line -> line.replaceAll("gpushare_call=[-0-9t]+", "gpushare_call=ID"))
                .map(line -> line.replaceAll("[^ =]*/?(kubeconfig|docker-config|docker|image)(?= |$)", "$1")
                        .replace("docker-config", "docker"))
                .toList();
    }

    @Test
    void fetchesTheResultsOfARunThatIsInvalid() throws Exception {
        cloud.write("pod/looks", "Running||gke-node|||1|Error|\n");
        assertEnded(gke("all"), 1, "gpushare ended with status 1", "results of mine");
        assertThat(temporary.resolve("results of mine/results/benchmark.json")).exists();
        assertNothingIsLeft();
    }

    @Test
    void keepsTheResultsOfAnInvalidRunUntilTheyAreFetched() throws Exception {
        gke("image");
        gke("up");
        cloud.write("pod/looks", "Running||gke-node|||1|Error|\n");
        assertEnded(gke("run"), 1, "ended with status 1");
        assertEnded(gke("run"), 3, "an earlier run is still in the cluster", "collect");
        assertEnded(gke("collect"), 0, "The results are in");
        assertThat(cloud.things()).contains("cluster,mine", "repository,mine");
        assertEnded(gke("stop"), 0, "No GPU is paid any more");
        assertThat(cloud.read("nodes")).isEqualTo("0");
        assertEnded(gke("start"), 0, "× nvidia.com/gpu");
        assertThat(gke("left").stdout().lines())
                .containsExactlyInAnyOrder(
                        "cluster mine us-central1-a",
                        "instance gke-mine-gpu us-central1-a",
                        "repository mine us-central1");
        assertEnded(gke("down"), 0, "Looked: nothing");
        assertNothingIsLeft();
    }

    @Test
    void explainsItself() throws Exception {
        for (List<String> call : List.of(List.of("--help"), List.of("up", "--help"))) {
            CommandResult help = cloud.run("gke", call.toArray(String[]::new));
            assertThat(help.stdout()).startsWith("Usage: gke.sh").contains("Status: 0 ");
            assertThat(help.exitCode()).isZero();
        }
    }
}
