package io.gpushare;

import static io.gpushare.FakeCloud.assertEnded;
import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.process.CommandResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code gpu-configs/gcp/vm.sh} in a cloud that is none. What it does on the machine is done here, by {@code on-vm.sh},
 * beside programs that only look like root's.
 */
final class VmScriptTest {
    @TempDir
    Path temporary;

    private FakeCloud cloud;

    @BeforeEach
    void makeACloud() throws Exception {
        cloud = new FakeCloud(temporary);
        cloud.has("instance,theirs", "us-central1-a", "theirs", "1");
        cloud.has("disk,mine-too", "us-central1-a", "mine-too", "1");
    }

    private CommandResult vm(String command, String... more) throws InterruptedException {
        return cloud.call("vm", command, more);
    }

    private void assertNothingIsLeft() throws Exception {
        assertThat(cloud.things()).containsExactly("disk,mine-too", "instance,theirs");
    }

    @Test
    void makesRunsFetchesAndDeletes() throws Exception {
        List<String> words = List.of(
                "bench", "it's", "\"two\"  words", "$(HOME) $x", "a\\b&c", "tab\there", "line\nbreak", "Ä · 字", "");
        CommandResult ran = vm(
                "all", Stream.concat(Stream.of("--spot", "--"), words.stream()).toArray(String[]::new));
        assertEnded(
                ran,
                0,
                "It costs about $0.73 an hour",
                "60 to 91 % cheaper",
                "gpushare ended with status 0",
                "Looked: nothing");
        assertThat(ran.stdout()).isEqualTo("results of mine\n");
        Path results = temporary.resolve("results of mine");
        assertThat(results.resolve("results/benchmark.json")).hasContent(String.join("\n", words) + "\n");
        try (Stream<Path> files = Files.list(results)) {
            assertThat(files.filter(file -> file.toString().contains("/log-")))
                    .singleElement()
                    .satisfies(log -> assertThat(log).hasContent(String.join("\n", words) + "\n"));
        }
        assertThat(cloud.log())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("gcloud compute instances create mine --project=my-project --zone=us-central1-a")
                        .contains("--accelerator=type=nvidia-tesla-t4,count=1", "--provisioning-model=SPOT")
                        .contains(
                                "--max-run-duration=4h --instance-termination-action=DELETE", "--no-service-account"));
        assertThat(cloud.read("machine.log"))
                .contains(
                        "apt-get -qq -o DPkg::Lock::Timeout=600 install -y --no-install-recommends linux-modules-nvidia-580-server-")
                .contains(
                        "nvidia-compute-utils-580-server",
                        "nvidia-smi --list-gpus",
                        "nvidia-ctk runtime configure --runtime=docker")
                .contains("workloads build resnet-train", "--base pytorch/pytorch:")
                .doesNotContain("nvidia-headless-580-server");
        assertNothingIsLeft();
    }

    @Test
    void aDryRunPrintsWhatWouldBeRunAndRunsNothing() throws Exception {
        CommandResult dry = vm("all", "--dry-run", "--", "bench", "--env", "A=it's");
        assertThat(dry.exitCode()).isZero();
        assertThat(cloud.log()).isEmpty();
        assertThat(temporary.resolve("results of mine")).doesNotExist();

        Files.createDirectory(temporary.resolve("results of mine"));
        Files.writeString(temporary.resolve("dry"), dry.stdout());
        cloud.shell("bash -e dry").requireSuccess("do what the dry run printed");
        List<String> typed = done();
        assertThat(temporary.resolve("results of mine/results/benchmark.json")).hasContent("bench\n--env\nA=it's\n");
        assertNothingIsLeft();

        cloud.write("log", "");
        assertThat(vm("all", "--", "bench", "--env", "A=it's").exitCode()).isZero();
        assertThat(done()).isEqualTo(typed);
    }

    /** Without looks at what is left, which are as many as it takes. */
    private List<String> done() throws Exception {
        return cloud.log().stream()
                .filter(line -> !line.contains(" list "))
                .map(line -> line.replaceAll("[0-9]{8}t[0-9]{6}-[0-9]{4}", "ID")
                        .replaceAll("[^ ]*results.tar.gz", "results.tar.gz"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"instances create", "ssh .*command=true", "scp .*bundle", "on-vm.sh setup", "on-vm.sh pack"})
    void takesEverythingAwayWhereAStepFails(String step) throws Exception {
        cloud.refuse(99, step, "1", "ERROR: no luck today");
        assertEnded(vm("all"), 1, "no luck today");
        assertNothingIsLeft();
    }

    @Test
    void buildsTheDriverWhereUbuntuHasNoneForTheKernel() throws Exception {
        cloud.write("machine.refuse", "install .*linux-modules-nvidia|100\n");
        assertEnded(vm("all", "--driver", "570-server"), 0, "ended with status 0");
        assertThat(cloud.read("machine.log")).contains("nvidia-headless-570-server");
        assertNothingIsLeft();
    }

    @Test
    void endsWhereTheDriverDoesNotLoad() throws Exception {
        cloud.write("machine.refuse", "modprobe|1\n");
        assertEnded(vm("up"), 1, "Installing driver, Docker and images failed");
        assertNothingIsLeft();
    }

    @Test
    void goesOnWhereTheConnectionBreaks() throws Exception {
        cloud.refuse(2, "on-vm.sh follow", "255", "ssh: connection reset");
        cloud.refuse(1, "on-vm.sh start", "255", "ssh: connection reset");
        cloud.refuse(1, "scp mine:runs", "1", "ssh: connection reset");
        cloud.write("status", "1");
        assertEnded(
                vm("all"), 1, "connecting again", "gpushare ended with status 1", "Fetching the results did not work");
        assertThat(temporary.resolve("results of mine/results/benchmark.json")).exists();
        assertNothingIsLeft();
    }

    @Test
    void goesStepByStep() throws Exception {
        assertEnded(vm("up"), 0, "vm.sh run --name mine");
        assertEnded(vm("up"), 3, "there is already: instance mine us-central1-a");
        assertEnded(vm("collect"), 1, "gpushare did not run here yet");
        cloud.write("status", "1");
        assertEnded(vm("run"), 1, "The machine is still there, and costs money until");
        assertEnded(vm("collect"), 0, "The results are in");
        assertEnded(vm("stop"), 0, "Only its disk is paid now");
        assertEnded(vm("start"), 0, "instances start mine");
        assertThat(vm("left").stdout().lines())
                .containsExactly("instance mine us-central1-a", "disk mine us-central1-a");
        assertEnded(vm("down"), 0, "Looked: nothing");
        assertNothingIsLeft();
    }

    @Test
    void deletesADiskThatOutlivesItsMachine() throws Exception {
        cloud.has("disk,mine", "europe-west4-b", "mine", "1");
        cloud.refuse(2, "disks delete", "1", "ERROR: in use");
        assertEnded(vm("down"), 0, "try 2 of", "Deleted: disk mine");
        assertNothingIsLeft();
    }

    @Test
    void saysWhatIsLeftAndHowItGoesAway() throws Exception {
        cloud.refuse(99, "instances delete", "1", "ERROR: no");
        assertEnded(
                vm("all", "--tries", "2"),
                6,
                "error: something is left at Google",
                "instance mine in us-central1-a: gcloud compute instances delete mine --project=my-project",
                "vm.sh down --project my-project --name mine");
    }

    @Test
    void keepsWhatIsToBeKept() throws Exception {
        cloud.refuse(1, "on-vm.sh setup", "1", "ERROR: no luck");
        assertEnded(vm("all", "--keep"), 1, "It is kept, and costs money until it is gone");
        assertThat(cloud.things()).contains("instance,mine");
    }

    @ParameterizedTest
    @CsvSource({"INT, 130, instances create", "TERM, 143, on-vm.sh setup", "HUP, 129, on-vm.sh follow"})
    void takesEverythingAwayWhenItIsEnded(String signal, int status, String step) throws Exception {
        cloud.refuse(1, step, FakeCloud.HANGS, "");
        CommandResult ran = cloud.interrupt(
                signal, "vm", "all --project my-project --name mine --bundle bundle.tar.xz --out results --pause 0");
        assertEnded(ran, status, "Taking away what this call made", "Looked: nothing");
        assertNothingIsLeft();
    }

    @Test
    void endsGpushareOnTheMachineWhenItIsEnded() throws Exception {
        vm("up");
        cloud.write("lasting", "");
        CommandResult ran =
                cloud.interrupt("INT", "vm", "run --project my-project --name mine --out results --pause 0");
        assertEnded(ran, 130, "on-vm.sh end", "The machine is still there");
        cloud.shell("""
                for run in world/home/runs/*/; do
                    for try in {1..200}; do kill -0 "$(cat "$run/pid")" 2> /dev/null || exit 0; sleep 0.02; done
                done
                exit 1
                """).requireSuccess("see that gpushare has ended");
    }

    @Test
    void saysThatTheSpotMachineWasTakenAway() throws Exception {
        cloud.refuse(99, "on-vm.sh follow", "255", "ssh: connection closed");
        cloud.refuse(99, "instances describe", "1", "ERROR: not found");
        cloud.write("preempted", "2026-12-01T09:03:00Z\n");
        assertEnded(vm("all", "--spot"), 1, "Google took the spot machine mine away at 2026-12-01T09:03:00Z");
        assertNothingIsLeft();
    }

    @Test
    void saysThatItsTimeIsOver() throws Exception {
        cloud.refuse(99, "on-vm.sh follow", "255", "ssh: connection closed");
        cloud.refuse(99, "instances describe", "1", "ERROR: not found");
        assertEnded(vm("all", "--hours", "2"), 1, "does not run any more", "After --hours 2 Google deletes it");
    }

    @Test
    void explainsItself() throws Exception {
        CommandResult help = vm("--help");
        assertThat(help.stdout()).startsWith("Usage: vm.sh").contains("Status: 0 ");
        assertThat(help.exitCode()).isZero();
        assertEnded(vm("fly"), 2, "fly is no command of this script");
    }
}
