package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.gpushare.fake.FakeGpus;
import io.gpushare.fake.Waiting;
import io.gpushare.process.Command;
import io.gpushare.process.CommandResult;
import io.gpushare.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts in {@code gpu-configs}, with fakes of NVIDIA's tools. */
final class GpuConfigScriptsTest {
    @TempDir
    Path temporary;

    private FakeGpus gpus;
    private Map<String, String> environment;

    @BeforeEach
    void makeAMachine() throws Exception {
        machine("--gpu", "h200", "--gpu", "a100-40");
    }

    /** In place of the one that was. */
    private void machine(String... options) throws InterruptedException {
        closeMachine();
        gpus = FakeGpus.createWith(temporary, options);
        environment = new HashMap<>(System.getenv());
        environment.putAll(gpus.environment());
        environment.putAll(Map.of(
                "GPU", "0",
                "QUANTUM", "default",
                "ALLOW_BUSY", "",
                "CUDA_MPS_PIPE_DIRECTORY", temporary.resolve("pipe").toString(),
                "CUDA_MPS_LOG_DIRECTORY", temporary.resolve("log").toString()));
    }

    @AfterEach
    void closeMachine() {
        if (gpus != null) {
            gpus.close();
        }
    }

    private CommandResult run(String script, String... arguments) throws InterruptedException {
        return new CommandRunner(environment).run(Command.of("gpu-configs/" + script + ".sh", arguments));
    }

    private CommandResult shell(String line) throws InterruptedException {
        return new CommandRunner(environment).run(Command.of("bash", "-c", line));
    }

    /** Runs until the machine is closed. */
    private void startTenant(String device) throws InterruptedException {
        shell("cd '%s' && CUDA_VISIBLE_DEVICES=%s fake-tenant --alone 60 > tenant 2>&1 < /dev/null &"
                                .formatted(temporary, device)
                        + " until grep -q '\"started\"' '%s/tenant'; do sleep 0.02; done".formatted(temporary))
                .requireSuccess("start a tenant");
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/bash\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void assertRefused(CommandResult ran, int status, String... words) {
        assertThat(ran.stderr()).contains("error: ").contains(words);
        assertThat(ran.stdout()).isEmpty();
        assertThat(ran.exitCode()).as(ran.stderr()).isEqualTo(status);
    }

    private void assertSaysThatItIsSoAlready(CommandResult ran) throws InterruptedException {
        assertThat(ran.exitCode()).as(ran.stderr()).isZero();
        assertThat(ran.stderr()).contains("already");
        assertThat(gpus.changingCommands()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"setup_time_slicing", "enable_mps", "disable_mps", "setup_mig", "disable_mig"})
    void explainsItself(String script) throws Exception {
        CommandResult help = run(script, "--help");
        assertThat(help.stdout()).startsWith("Usage: " + script + ".sh").contains("Status: 0 ");
        assertThat(help.exitCode()).isZero();
        assertThat(gpus.commands()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"setup_time_slicing", "enable_mps", "disable_mps", "setup_mig", "disable_mig"})
    void needsTheDriversTools(String script) throws Exception {
        Path programs = Files.createDirectories(temporary.resolve("few programs"));
        for (String program : List.of("bash", "dirname", "sed")) {
            script(
                    programs.resolve(program),
                    "exec %s \"$@\"".formatted(gpus.runner().find(program).orElseThrow()));
        }
        environment.put("PATH", programs.toString());
        assertRefused(run(script), 3, "is not on the PATH");
    }

    @ParameterizedTest
    @CsvSource({
        "setup_time_slicing, many",
        "setup_time_slicing, 1",
        "enable_mps, 0",
        "enable_mps, 101",
        "enable_mps, 50 lots",
        "disable_mps, now",
        "setup_mig, small",
        "setup_mig, 1g.18gb none",
        "disable_mig, 0",
    })
    void refusesArgumentsThatMeanNothing(String script, String arguments) throws Exception {
        assertRefused(run(script, arguments.split(" ")), 2, "error: ");
        assertThat(gpus.commands()).isEmpty();
    }

    @Test
    void namesTheGpusThatThereAre() throws Exception {
        environment.put("GPU", "7");
        assertRefused(run("setup_mig"), 3, "there is no GPU 7", "No devices were found", "NVIDIA H200", "A100");
    }

    @Test
    void leavesATimeSlicedGpuAsItIs() throws Exception {
        assertSaysThatItIsSoAlready(run("setup_time_slicing"));
    }

    @Test
    void setsTheTimeSliceAndTheComputeModeOnce() throws Exception {
        machine("--gpu", "h200", "--compute-mode", "3");
        environment.put("QUANTUM", "long");
        CommandResult ran = run("setup_time_slicing");
        assertThat(ran.exitCode()).as(ran.stderr()).isZero();
        assertThat(ran.stderr()).contains("from default to long", "from Exclusive_Process to default", "Verify: ");
        assertThat(gpus.settings()).contains("quantum long", "compute mode default");

        gpus.clearLog();
        assertSaysThatItIsSoAlready(run("setup_time_slicing"));
    }

    @Test
    void putsTheTimeSliceBackWhenTheComputeModeIsRefused() throws Exception {
        machine("--gpu", "h200", "--compute-mode", "3");
        String before = gpus.settings();
        environment.put("QUANTUM", "short");
        gpus.misbehave("no-permission@2");
        CommandResult ran = run("setup_time_slicing");
        assertThat(ran.stderr()).contains("the time slice is default again", "needs root", "sudo ");
        assertThat(ran.exitCode()).isEqualTo(3);
        assertThat(gpus.settings()).isEqualTo(before);
    }

    @Test
    void doesNotBelieveThatTheTimeSliceWasSet() throws Exception {
        environment.put("QUANTUM", "medium");
        gpus.misbehave("quantum-ignored");
        assertRefused(run("setup_time_slicing"), 1, "to medium did not come true");
    }

    @Test
    void saysThatThereIsNoTimeSliceToSet() throws Exception {
        environment.put("QUANTUM", "medium");
        gpus.misbehave("quantum-unsupported");
        assertRefused(run("setup_time_slicing"), 3, "upported");
    }

    @Test
    void printsWhatKubernetesNeeds() throws Exception {
        CommandResult ran = run("setup_time_slicing", "4");
        assertThat(new YAMLMapper()
                        .readTree(ran.stdout())
                        .at("/sharing/timeSlicing/resources/0/replicas")
                        .asInt())
                .isEqualTo(4);
        assertThat(ran.stdout()).contains("Replicas are not shares");
    }

    @Test
    void doesNotSliceWhereProgramsWouldNotTakeTurns() throws Exception {
        run("enable_mps");
        assertRefused(run("setup_time_slicing"), 3, "an MPS daemon runs", "disable_mps.sh");
        machine("--gpu", "h200", "--mig");
        assertRefused(run("setup_time_slicing"), 3, "MIG mode", "disable_mig.sh");
    }

    @Test
    void makesAShellsProgramsClientsWithTheirShare() throws Exception {
        CommandResult ran = shell("eval \"$(gpu-configs/enable_mps.sh 50 2048)\" && fake-tenant --alone 0.1"
                + " && gpu-configs/disable_mps.sh");
        assertThat(ran.stderr()).contains("started an MPS daemon", "to 50 %", "to 2048M", "Ended the MPS daemon");
        assertThat(ran.stdout()).contains("\"sm_count\":66");
        assertThat(ran.exitCode()).isZero();
        assertThat(gpus.show()).doesNotContain("daemon pid", "nvidia-cuda-mps-server");
    }

    @Test
    void keepsADaemonThatIsAsWanted() throws Exception {
        run("enable_mps", "25", "1024");
        String before = gpus.show();
        gpus.clearLog();
        CommandResult ran = run("enable_mps", "25", "1024");
        assertSaysThatItIsSoAlready(ran);
        assertThat(shell(ran.stdout() + "echo \"$CUDA_MPS_PIPE_DIRECTORY\"").stdout())
                .isEqualTo(temporary.resolve("pipe") + "\n");
        assertThat(gpus.show()).isEqualTo(before).contains("daemon pid");
    }

    @Test
    void doesNotPretendThatAServersClientsGotOtherSettings() throws Exception {
        run("enable_mps", "50");
        startTenant("0");
        assertRefused(run("enable_mps", "25"), 3, "is 50, not 25 %, and a server runs", "disable_mps.sh");
    }

    @Test
    void doesNotJoinADaemonOfAnotherGpu() throws Exception {
        run("enable_mps");
        environment.put("GPU", "1");
        assertRefused(run("enable_mps"), 3, "serves another GPU", "CUDA_MPS_PIPE_DIRECTORY=");
    }

    @Test
    void startsNoDaemonBesideProgramsThatItWouldNotServe() throws Exception {
        startTenant("0");
        assertRefused(run("enable_mps"), 3, "is in use", "fake-tenant (pid ", "ALLOW_BUSY=1");
        assertThat(gpus.show()).doesNotContain("daemon pid");
        environment.put("ALLOW_BUSY", "1");
        assertThat(run("enable_mps").exitCode()).isZero();
    }

    @Test
    void startsNoDaemonWhereNothingCouldUseIt() throws Exception {
        machine("--gpu", "h200", "--mig");
        assertRefused(run("enable_mps"), 3, "MIG mode");
        machine("--gpu", "h200", "--compute-mode", "2");
        assertRefused(run("enable_mps"), 3, "prohibited", "nvidia-smi -i 0 -c DEFAULT");
        environment.put("CUDA_MPS_PIPE_DIRECTORY", "/tmp/" + "long".repeat(25));
        assertRefused(run("enable_mps"), 2, "107 bytes");
    }

    /** What goes to the daemon, and what comes back, through a program of its own. */
    private void between(String onTheWay, String back) throws IOException {
        Path real = gpus.runner().find("nvidia-cuda-mps-control").orElseThrow();
        Path programs = Files.createDirectories(temporary.resolve("bin"));
        script(programs.resolve("nvidia-cuda-mps-control"), """
                [ "$1" = -d ] && exec '%s' -d
                set -o pipefail
                sed '%s' | '%s' | sed '%s'
                """.formatted(real, onTheWay, real, back));
        environment.put("PATH", programs + ":" + environment.get("PATH"));
    }

    @Test
    void endsItsDaemonWhenASettingIsIgnored() throws Exception {
        between("s/^set_default_active_thread_percentage.*/get_default_active_thread_percentage/", "");

        CommandResult ran = run("enable_mps", "50");

        assertThat(ran.stderr()).contains("the thread percentage did not become 50 %", "it is 100", "100.0");
        assertThat(ran.stdout()).isEmpty();
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(gpus.show()).doesNotContain("daemon pid");
    }

    @Test
    void takesALimitInTheDaemonsUnit() throws Exception {
        between("", "s/^1536M$/1G/");
        CommandResult ran = run("enable_mps", "50", "1536");
        assertThat(ran.stderr()).contains("Set the memory limit to 1536M");
        assertThat(ran.exitCode()).isZero();
        startTenant("0");
        assertThat(run("enable_mps", "50", "1536").exitCode()).isZero();
        assertRefused(run("enable_mps", "50", "2048"), 3, "the memory limit is 1G, not 2048M, and a server runs");
    }

    @Test
    void endsItsDaemonWhenThatDoesNotAnswer() throws Exception {
        gpus.misbehave("daemon-hangs");
        assertRefused(run("enable_mps"), 1, "does not answer", "Nothing of the daemon");
        // On a busy machine what was killed dies late.
        Waiting.until(gpus::show, shown -> !shown.contains("daemon pid"));
        assertThat(gpus.show()).doesNotContain("daemon pid");
    }

    @Test
    void saysThatADaemonNeverCame() throws Exception {
        gpus.misbehave("daemon-silent-start");
        assertRefused(run("enable_mps"), 1, "did not answer", "control.log");
    }

    @Test
    void hasNoDaemonToEnd() throws Exception {
        assertSaysThatItIsSoAlready(run("disable_mps"));
    }

    @Test
    void endsNoDaemonUnderItsClientsUnasked() throws Exception {
        run("enable_mps");
        startTenant("0");
        assertRefused(run("disable_mps"), 3, "clients of the MPS daemon", "--force");
        assertThat(gpus.show()).contains("daemon pid", "type M+C");

        CommandResult forced = run("disable_mps", "--force");
        assertThat(forced.stderr()).contains("Ended the MPS daemon", "and its server");
        assertThat(forced.exitCode()).isZero();
        assertThat(gpus.show()).doesNotContain("daemon pid", "nvidia-cuda-mps-server");
    }

    @ParameterizedTest
    @CsvSource({"h200, 1g.18gb, 7", "a100-40, 1g.5gb, 7", "b200, 1g.23gb, 7", "a30, 1g.6gb, 4"})
    void dividesIntoTheSmallestThatTheCardOffers(String card, String profile, int count) throws Exception {
        machine("--gpu", card);
        String before = gpus.settings();
        CommandResult ran = run("setup_mig");
        assertThat(ran.exitCode()).as(ran.stderr()).isZero();
        assertThat(ran.stderr()).contains("created " + count + " × " + profile, "Verify: ", "Undo: ");
        List<String> devices = ran.stdout().lines().toList();
        assertThat(devices).hasSize(count).doesNotHaveDuplicates();
        assertThat(gpus.run("nvidia-smi", "-L").stdout()).contains(devices);

        gpus.clearLog();
        CommandResult again = run("setup_mig", profile, Integer.toString(count));
        assertSaysThatItIsSoAlready(again);
        assertThat(again.stdout()).isEqualTo(ran.stdout());

        assertThat(run("disable_mig").exitCode()).isZero();
        assertThat(gpus.settings()).isEqualTo(before);
        gpus.clearLog();
        assertSaysThatItIsSoAlready(run("disable_mig"));
    }

    @Test
    void dividesTheChosenGpuOnly() throws Exception {
        environment.put("GPU", "1");
        assertThat(run("setup_mig", "3g.20gb", "1").exitCode()).isZero();
        assertThat(gpus.changingCommands()).isNotEmpty().allMatch(command -> command.contains("-i 1"));
        assertThat(gpus.settings()).contains("gpu 0 h200\n  mig off", "instance 3g.20gb at");
    }

    @Test
    void saysWhatTheCardOffersInstead() throws Exception {
        assertRefused(run("setup_mig", "1g.5gb"), 3, "has no MIG profile 1g.5gb", "1g.18gb (7)", "7g.141gb (1)");
        assertRefused(run("setup_mig", "3g.71gb", "3"), 3, "has room for 2 × 3g.71gb, not for 3");
        machine("--gpu", "t4");
        assertRefused(run("setup_mig"), 3, "cannot be divided");
        assertThat(gpus.changingCommands()).isEmpty();
    }

    @Test
    void leavesALayoutOfOthersAlone() throws Exception {
        machine("--gpu", "h200", "--geometry", "3g.71gb@4,1g.18gb@0,1g.18gb@1");
        assertRefused(run("setup_mig", "1g.18gb"), 3, "divided already, into 1 × 3g.71gb, 2 × 1g.18gb");
        assertThat(gpus.changingCommands()).isEmpty();
    }

    @Test
    void doesNotTakeAnInstanceWithoutAComputeInstanceForDone() throws Exception {
        machine("--gpu", "h200", "--geometry", "3g.71gb@0,3g.71gb@4/-");
        assertRefused(run("setup_mig", "3g.71gb", "2"), 3, "divided already");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ci-refused", "ci-refused@2"})
    void removesWhatItCreatedInPart(String misbehaviour) throws Exception {
        String before = gpus.settings();
        gpus.misbehave(misbehaviour);
        assertRefused(run("setup_mig", "1g.18gb", "3"), 1, "did not come true", "removed again", "switched off again");
        assertThat(gpus.settings()).isEqualTo(before);
    }

    @Test
    void saysThatSomethingUnseenHoldsAnInstance() throws Exception {
        run("setup_mig", "3g.71gb");
        gpus.misbehave("in-use");
        assertRefused(run("disable_mig"), 3, "while somebody uses the GPU", "In use by another client", "persistenced");
        assertThat(gpus.settings()).contains("mig on", "instance 3g.71gb");
    }

    @Test
    void leavesMigOnWhereItWasOn() throws Exception {
        machine("--gpu", "h200", "--mig");
        String before = gpus.settings();
        gpus.misbehave("ci-refused@2");
        assertRefused(run("setup_mig", "1g.18gb", "2"), 1, "did not come true", "removed again");
        assertThat(gpus.settings()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1", "0.3", "0.5"})
    void leavesNothingWhenItIsEndedInMidCourse(String afterSeconds) throws Exception {
        String before = gpus.settings();
        gpus.misbehave("slow=200");
        CommandResult ran = shell("timeout " + afterSeconds + " gpu-configs/setup_mig.sh 3g.71gb");
        gpus.behave();
        assertThat(ran.exitCode()).isEqualTo(124);
        assertThat(gpus.settings()).isEqualTo(before);
    }

    @Test
    void explainsAChangeThatWaitsForAReset() throws Exception {
        gpus.misbehave("mig-pending");
        assertRefused(run("setup_mig"), 3, "at its next reset only", "nvidia-smi --gpu-reset -i 0", "reboot");
        gpus.behave();
        assertRefused(run("setup_mig"), 3, "cannot be divided before");
        assertRefused(run("enable_mps"), 3, "at its next reset");
        gpus.run("nvidia-smi", "--gpu-reset", "-i", "0").requireSuccess("reset");
        assertThat(run("setup_mig").exitCode()).isZero();
    }

    @Test
    void takesAPendingRequestBack() throws Exception {
        String before = gpus.settings();
        gpus.misbehave("mig-pending");
        run("setup_mig");
        gpus.behave();
        assertThat(run("disable_mig").exitCode()).isZero();
        assertThat(gpus.settings()).isEqualTo(before);
    }

    @Test
    void explainsAnEndOfMigThatWaitsForAReset() throws Exception {
        run("setup_mig");
        gpus.misbehave("mig-pending");
        CommandResult ran = run("disable_mig");
        assertThat(ran.stderr()).contains("removed 7 × 1g.18gb", "leaves MIG mode at its next reset", "--gpu-reset");
        assertThat(ran.exitCode()).isEqualTo(3);
    }

    @Test
    void saysWhoNeedsToBeRoot() throws Exception {
        gpus.misbehave("no-permission");
        assertRefused(run("setup_mig", "1g.18gb"), 3, "needs root", "sudo GPU=0", "setup_mig.sh 1g.18gb");
        environment.put("QUANTUM", "long");
        assertRefused(run("setup_time_slicing"), 3, "needs root", "QUANTUM=long");
        gpus.behave();
        run("setup_mig");
        gpus.misbehave("no-permission");
        assertRefused(run("disable_mig"), 3, "needs root");
    }

    @Test
    void changesNothingUnderAProcess() throws Exception {
        startTenant("0");
        assertRefused(run("setup_mig"), 3, "is in use", "fake-tenant (pid ");
        assertThat(gpus.changingCommands()).isEmpty();
    }

    @Test
    void removesNoDeviceUnderAProcess() throws Exception {
        String device = run("setup_mig").stdout().lines().findFirst().orElseThrow();
        startTenant(device);
        String before = gpus.settings();
        assertRefused(run("disable_mig"), 3, "is in use", "fake-tenant (pid ");
        assertThat(gpus.settings()).isEqualTo(before);
    }
}
