package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.gpushare.process.CommandResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code gpu-configs/gcp/gke.sh} in a cloud that is none. */
final class GkeScriptTest {
    private static final String[] OPTIONS = {
        "--project", "my-project", "--name", "mine", "--bundle", "bundle.tar.xz", "--out", "results of mine", "--pause", "0"
    };

    @TempDir
    Path temporary;

    private FakeCloud cloud;

    @BeforeEach
    void makeACloud() throws Exception {
        cloud = new FakeCloud(temporary);
        cloud.has("cluster,theirs", "us-central1-a", "theirs", "1");
        cloud.has("cluster,mine-too", "us-central1-a", "mine-too", "1");
    }

    private CommandResult gke(String command, String... more) throws InterruptedException {
        return cloud.run(
                "gke",
                Stream.concat(Stream.concat(Stream.of(command), Stream.of(OPTIONS)), Stream.of(more))
                        .toArray(String[]::new));
    }

    private void assertNothingIsLeft() throws Exception {
        assertThat(cloud.things()).containsExactly("cluster,mine-too", "cluster,theirs");
    }

    private static void assertFailed(CommandResult ran, int status, String... words) {
        assertThat(ran.stderr()).contains(words);
        assertThat(ran.exitCode()).as(ran.stderr()).isEqualTo(status);
    }

    private List<String> changes() throws Exception {
        return cloud.log().stream()
                .filter(line -> line.matches(".* (create|delete|build|push|login|resize|exec|logs) .*"))
                .toList();
    }

    @Test
    void makesRunsFetchesAndDeletes() throws Exception {
        CommandResult ran = gke("all");
        assertFailed(ran, 0, "It costs about $0.90 an hour", "× nvidia.com/gpu", "gpushare ended with status 0");
        assertThat(ran.stderr()).contains("Looked: nothing with the label gpushare_run=mine");
        assertThat(ran.stdout()).isEqualTo("results of mine\n");
        Path results = temporary.resolve("results of mine");
        assertThat(results.resolve("results/benchmark.json")).hasContent("{}");
        try (Stream<Path> files = Files.list(results)) {
            assertThat(files.filter(file -> file.toString().contains("/log-"))).singleElement().satisfies(log ->
                    assertThat(log).hasContent("four tenants"));
        }
        assertThat(changes().stream().map(line -> line.split(" --(tag|config|project|cluster)=?")[0].replaceAll(" --kubeconfig=\\S+ --name\\S+", "")))
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
        gke("all", "--spot", "--count", "2", "--hours", "1", "--share", "mps:3", "--zone", "europe-west4-b", "--", "bench", "--gpu", "none");
        assertThat(cloud.log())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("gcloud container node-pools create gpu")
                        .contains(" --spot ", "count=2,gpu-driver-version=default,gpu-sharing-strategy=mps,max-shared-clients-per-gpu=3")
                        .contains("--location=europe-west4-b", "gpushare_run=mine"));
        JsonNode pod = job().at("/spec/template/spec");
        assertThat(job().at("/spec/activeDeadlineSeconds").asInt()).isEqualTo(3600);
        assertThat(pod.at("/containers/0/resources/limits/nvidia.com~1gpu").asInt()).isEqualTo(1);
        assertThat(pod.at("/containers/0/image").asText()).isEqualTo("europe-west4-docker.pkg.dev/my-project/mine/gpushare:latest");
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/restartPolicy").asText()).isEqualTo("Never");
    }

    private JsonNode job() throws Exception {
        return new YAMLMapper().readTree(cloud.read("job.yaml"));
    }

    @Test
    void handsEveryCharacterOn() throws Exception {
        List<String> words = List.of("bench", "it's", "\"two\"  words", "$(HOME) $x", "a\\b&c@NAME@", "tab\there", "line\nbreak", "Ä · 字", "");
        gke("all", Stream.concat(Stream.of("--"), words.stream()).toArray(String[]::new));
        List<String> arguments = new ArrayList<>();
        // Kubernetes takes two dollars for one.
        job().at("/spec/template/spec/containers/0/args").forEach(word -> arguments.add(word.asText().replace("$$", "$")));
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
                .map(line -> line.replaceAll("[^ =]*/?(kubeconfig|docker-config|docker|image)(?= |$)", "$1").replace("docker-config", "docker"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "docker build", "repositories create", "print-access-token", "docker .* login", "docker .* push", "clusters create",
        "node-pools create", "get-credentials", "create --filename", "exec job"
    })
    void takesEverythingAwayWhereAStepFails(String step) throws Exception {
        cloud.refuse(99, step, "1", "ERROR: no luck today");
        assertFailed(gke("all"), 1, "no luck today");
        assertNothingIsLeft();
    }

    @Test
    void fetchesTheResultsOfARunThatIsInvalid() throws Exception {
        cloud.write("pod/looks", "Running||gke-node|||1|Error|\n");
        assertFailed(gke("all"), 1, "gpushare ended with status 1", "results of mine");
        assertThat(temporary.resolve("results of mine/results/benchmark.json")).exists();
        assertNothingIsLeft();
    }

    @Test
    void keepsTheResultsOfAnInvalidRunUntilTheyAreFetched() throws Exception {
        gke("image");
        gke("up");
        cloud.write("pod/looks", "Running||gke-node|||1|Error|\n");
        assertFailed(gke("run"), 1, "ended with status 1");
        assertFailed(gke("run"), 3, "an earlier run is still in the cluster", "collect");
        assertFailed(gke("collect"), 0, "The results are in");
        assertThat(cloud.things()).contains("cluster,mine", "repository,mine");
        assertFailed(gke("stop"), 0, "No GPU is paid any more");
        assertThat(cloud.read("nodes")).isEqualTo("0");
        assertFailed(gke("start"), 0, "× nvidia.com/gpu");
        assertThat(gke("left").stdout().lines()).containsExactlyInAnyOrder(
                "cluster mine us-central1-a", "instance gke-mine-gpu us-central1-a", "repository mine us-central1");
        assertFailed(gke("down"), 0, "Looked: nothing");
        assertNothingIsLeft();
    }

    @Test
    void cleansUpAgainUntilItIsLetTo() throws Exception {
        cloud.refuse(2, "clusters delete", "1", "ERROR: Cluster is running incompatible operation");
        cloud.refuse(1, "repositories delete", "1", "ERROR: try again");
        cloud.refuse(1, "clusters list .*mine", "1", "ERROR: connection reset");
        cloud.has("cluster,mine", "us-central1-a", "mine", "1");
        cloud.has("repository,mine", "us-central1", "mine", "1");
        assertFailed(gke("down"), 0, "could not be asked", "try 2 of", "Looked: nothing", "cluster mine, repository mine");
        assertNothingIsLeft();
    }

    @Test
    void saysWhatIsLeftAndHowItGoesAway() throws Exception {
        cloud.refuse(99, "clusters delete", "1", "ERROR: no");
        CommandResult ran = gke("all", "--tries", "3");
        assertFailed(ran, 4, "error: something is left at Google", "cluster mine in us-central1-a: gcloud container clusters delete mine",
                "repository mine in us-central1: gcloud", "gke.sh down --project my-project --name mine");
        assertThat(cloud.log().stream().filter(line -> line.contains("clusters delete"))).hasSize(3);
        assertThat(ran.stdout()).isEqualTo("results of mine\n");
    }

    @Test
    void doesNotTakeSilenceForNothing() throws Exception {
        cloud.has("cluster,mine", "us-central1-a", "mine", "1");
        cloud.refuse(999, "clusters list", "1", "ERROR: connection reset");
        assertFailed(gke("down", "--tries", "2"), 4, "What it is could not be seen", "console.cloud.google.com");
    }

    @Test
    void leavesAloneWhatAnotherCallOfTheSameNameMade() throws Exception {
        cloud.has("repository,mine", "us-central1", "mine", "an earlier call");
        cloud.refuse(1, "node-pools create", "1", "ERROR: no luck");
        assertFailed(gke("all"), 1, "no luck");
        assertThat(cloud.things()).contains("repository,mine").doesNotContain("cluster,mine");
    }

    @Test
    void makesNothingBesideAClusterOfTheSameName() throws Exception {
        cloud.has("cluster,mine", "us-central1-a", "mine", "an earlier call");
        assertFailed(gke("all"), 3, "there is already: cluster mine us-central1-a", "gke.sh down --name mine");
        assertThat(changes()).isEmpty();
        assertThat(cloud.things()).contains("cluster,mine");
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
    void takesAwayWhatIsBeingMadeWhenItIsEnded(String signal, int status) throws Exception {
        cloud.refuse(1, "clusters create", FakeCloud.HANGS, "");
        cloud.refuse(1, "clusters delete", "1", "ERROR: Cluster is running incompatible operation");
        CommandResult ran = cloud.interrupt(signal, "gke", "all --project my-project --name mine --bundle bundle.tar.xz --pause 0");
        assertFailed(ran, status, "Taking away what this call made", "Looked: nothing");
        assertNothingIsLeft();
    }

    @Test
    void removesThePodOfARunThatIsEnded() throws Exception {
        cloud.has("cluster,mine", "us-central1-a", "mine", "1");
        cloud.refuse(1, "logs", FakeCloud.HANGS, "");
        CommandResult ran = cloud.interrupt("INT", "gke", "run --project my-project --name mine --pause 0");
        assertFailed(ran, 130, "delete job mine");
        assertThat(cloud.things()).contains("cluster,mine");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "Failed|Terminated|gke-node|||||;          its pod failed: Terminated",
        "'';                                       its pod is gone",
        "Pending|||ImagePullBackOff||||;           roles/artifactregistry.reader",
        "Pending|||||||0/2 nodes are available: 1 Insufficient nvidia.com/gpu;  Insufficient nvidia.com/gpu",
    })
    void saysWhatBecameOfThePod(String seen, String words) throws Exception {
        cloud.write("pod/looks", "Pending|||ContainerCreating||||\n" + seen + "\n");
        assertFailed(gke("all"), 1, words);
        assertNothingIsLeft();
    }

    @Test
    void saysThatTheSpotMachineWasTakenAway() throws Exception {
        cloud.write("pod/looks", "Running||gke-node||2026-12-01T09:00:00Z|||\n\n");
        cloud.write("preempted", "2026-12-01T09:03:00Z\n");
        assertFailed(gke("all", "--spot"), 1, "Google took the spot machine gke-node away at 2026-12-01T09:03:00Z", "without --spot");
        assertNothingIsLeft();
    }

    @Test
    void followsAgainWhenTheConnectionBreaks() throws Exception {
        cloud.refuse(1, "logs .*--follow", "1", "error: connection reset");
        cloud.refuse(1, "get pods", "1", "error: connection reset");
        cloud.refuse(2, "exec job", "1", "error: connection reset");
        cloud.write("pod/looks", "Running||n||s|||\nRunning||n||s|||\nRunning||n|||0|Completed|\n");
        assertFailed(gke("all"), 0, "Fetching the results did not work", "The results are in");
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "ERROR: Quota 'GPUS_ALL_REGIONS' exceeded. Limit: 0.0 globally.;      its quota; GPUS_ALL_REGIONS' exceeded",
        "ERROR: ZONE_RESOURCE_POOL_EXHAUSTED: try later;                      no nvidia-tesla-t4 to give; europe-west4-b",
        "ERROR: Kubernetes Engine API has not been used in project 1;         switched off; gcloud services enable container",
        "ERROR: Required 'container.clusters.create' permission;              this account may not; container.clusters.create",
    })
    void explainsWhatGoogleRefuses(String said, String words, String more) throws Exception {
        cloud.refuse(1, "clusters create", "1", said);
        assertFailed(gke("all"), 3, words, more);
        assertNothingIsLeft();
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        assertFailed(cloud.run("gke", "up"), 2, "no project is chosen", "--project my-project");
        cloud.write("project", "configured\n");
        assertFailed(cloud.run("gke", "left"), 0, "");
        cloud.write("account", "");
        assertFailed(gke("up"), 3, "nobody is logged in", "gcloud auth login");
        cloud.write("account", "me\n");
        assertFailed(gke("up", "--zone", "europe-west9-b"), 2, "there is no nvidia-tesla-t4 in the zone europe-west9-b", "europe-west4-b us-central1-a");
        assertFailed(gke("image", "--bundle", "none.tar.xz"), 3, "there is no bundle", "mvn -Pbundle package");
        cloud.refuse(1, "machine-types describe", "1", "ERROR: not found");
        assertFailed(gke("up"), 2, "there is no machine type n1-standard-8");
        cloud.refuse(1, "docker version", "1", "Cannot connect to the Docker daemon");
        assertFailed(gke("all"), 3, "the Docker engine does not answer", "Cannot connect");
        Path few = Files.createDirectory(temporary.resolve("few"));
        for (String program : List.of("bash", "dirname", "tr", "sed", "date", "cat")) {
            Files.createSymbolicLink(few.resolve(program), Path.of("/usr/bin", program));
        }
        cloud.set("PATH", few.toString());
        assertFailed(gke("up"), 3, "gcloud is not on the PATH");
        assertThat(changes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "fly", "up --nonsense", "up --name Mine", "up --name 'a b'", "up --name --zone", "up --name ''", "up --name mine-", "up --zone here", "up --count 3",
        "up --project '$(touch x)'", "up --machine e2-standard-4", "up --accelerator nvidia-l4", "up --hours 0", "up --share mps:1", "up --zone"
    })
    void refusesWhatMeansNothing(String arguments) throws Exception {
        CommandResult ran = cloud.shell("'%s' %s".formatted(FakeCloud.script("gke"), arguments));
        assertFailed(ran, 2, "error: ");
        assertThat(cloud.log()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Jürgen O'Neil, gpushare-j-rgen-o-neil", "$(id), gpushare-id", "ROOT, gpushare-root", "'', gpushare-me", "--, gpushare"})
    void namesThingsAfterWhoeverItIs(String user, String name) throws Exception {
        cloud.set("USER", user);
        assertThat(cloud.run("gke", "down", "--project", "p", "--dry-run").stdout()).contains("clusters delete " + name + " --project=p");
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
