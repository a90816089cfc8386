package io.gpushare;

import static io.gpushare.FakeCloud.assertEnded;
import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.process.CommandResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever becomes of {@code gpu-configs/gcp/gke.sh}, nothing of it is left, and all of others is. */
final class GkeCleanUpTest extends GkeInAFakeCloud {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker build",
                "docker .* push",
                "clusters create",
                "get-credentials",
                "create --filename",
                "exec job"
            })
    void takesEverythingAwayWhereAStepFails(String step) throws Exception {
        cloud.refuse(99, step, "1", "ERROR: no luck today");
        assertEnded(gke("all"), 1, "no luck today");
        assertNothingIsLeft();
    }

    @Test
    void cleansUpAgainUntilItIsLetTo() throws Exception {
        cloud.refuse(2, "clusters delete", "1", "ERROR: Cluster is running incompatible operation");
        cloud.refuse(1, "repositories delete", "1", "ERROR: try again");
        cloud.refuse(1, "clusters list .*mine", "1", "ERROR: connection reset");
        cloud.has("cluster,mine", "us-central1-a", "mine", "1");
        cloud.has("repository,mine", "us-central1", "mine", "1");
        assertEnded(
                gke("down"), 0, "could not be asked", "try 2 of", "Looked: nothing", "cluster mine, repository mine");
        assertNothingIsLeft();
    }

    @Test
    void saysWhatIsLeftAndHowItGoesAway() throws Exception {
        cloud.refuse(99, "clusters delete", "1", "ERROR: no");
        CommandResult ran = gke("all", "--tries", "3");
        assertEnded(
                ran,
                6,
                "error: something is left at Google",
                "cluster mine in us-central1-a: gcloud container clusters delete mine",
                "repository mine in us-central1: gcloud",
                "gke.sh down --project my-project --name mine");
        assertThat(cloud.log().stream().filter(line -> line.contains("clusters delete")))
                .hasSize(3);
        assertThat(ran.stdout()).isEqualTo("results of mine\n");
    }

    @Test
    void doesNotTakeSilenceForNothing() throws Exception {
        cloud.has("cluster,mine", "us-central1-a", "mine", "1");
        cloud.refuse(999, "clusters list", "1", "ERROR: connection reset");
        assertEnded(gke("down", "--tries", "2"), 6, "What it is could not be seen", "console.cloud.google.com");
    }

    @Test
    void leavesAloneWhatAnotherCallOfTheSameNameMade() throws Exception {
        cloud.has("repository,mine", "us-central1", "mine", "an earlier call");
        cloud.refuse(1, "node-pools create", "1", "ERROR: no luck");
        assertEnded(gke("all"), 1, "no luck");
        assertThat(cloud.things()).contains("repository,mine").doesNotContain("cluster,mine");
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
    void takesAwayWhatIsBeingMadeWhenItIsEnded(String signal, int status) throws Exception {
        cloud.refuse(1, "clusters create", FakeCloud.HANGS, "");
        cloud.refuse(1, "clusters delete", "1", "ERROR: Cluster is running incompatible operation");
        CommandResult ran =
                cloud.interrupt(signal, "gke", "all --project my-project --name mine --bundle bundle.tar.xz --pause 0");
        assertEnded(ran, status, "Taking away what this call made", "Looked: nothing");
        assertNothingIsLeft();
    }

    @Test
    void removesThePodOfARunThatIsEnded() throws Exception {
        cloud.has("cluster,mine", "us-central1-a", "mine", "1");
        cloud.refuse(1, "logs", FakeCloud.HANGS, "");
        CommandResult ran = cloud.interrupt("INT", "gke", "run --project my-project --name mine --pause 0");
        assertEnded(ran, 130, "delete job mine");
        assertThat(cloud.things()).contains("cluster,mine");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Failed|Terminated|gke-node|||||;          its pod failed: Terminated",
                "'';                                       its pod is gone",
                "Running||gke-node|||128|StartError|;      the pod cannot start: StartError",
                "Pending|||ImagePullBackOff||||;           roles/artifactregistry.reader",
                "Pending|||||||0/2 nodes are available: 1 Insufficient nvidia.com/gpu;  Insufficient nvidia.com/gpu",
            })
    void saysWhatBecameOfThePod(String seen, String words) throws Exception {
        cloud.write("pod/looks", "Pending|||ContainerCreating||||\n" + seen + "\n");
        assertEnded(gke("all"), 1, words);
        assertNothingIsLeft();
    }

    @Test
    void saysThatTheSpotMachineWasTakenAway() throws Exception {
        cloud.write("pod/looks", "Running||gke-node||2026-12-01T09:00:00Z|||\n\n");
        cloud.write("preempted", "2026-12-01T09:03:00Z\n");
        assertEnded(
                gke("all", "--spot"),
                1,
                "Google took the spot machine gke-node away at 2026-12-01T09:03:00Z",
                "without --spot");
        assertNothingIsLeft();
    }

    @Test
    void followsAgainWhenTheConnectionBreaks() throws Exception {
        cloud.refuse(1, "logs .*--follow", "1", "error: connection reset");
        cloud.refuse(1, "get pods", "1", "error: connection reset");
        cloud.refuse(2, "exec job", "1", "error: connection reset");
        cloud.write("pod/looks", "Running||n||s|||\nRunning||n||s|||\nRunning||n|||0|Completed|\n");
        assertEnded(gke("all"), 0, "Fetching the results did not work", "The results are in");
        assertNothingIsLeft();
    }
}
