package io.gpushare.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.process.CommandResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FakeMigTest {
    @TempDir
    Path folder;

    @Test
    void createsInstancesAndListsThemInTheDriversWords() throws InterruptedException {
        try (FakeGpus gpus = FakeGpus.createWith(folder, "--gpu", "a100-40", "--mig")) {
            assertThat(gpus.run("nvidia-smi", "mig", "-cgi", "9,1g.5gb,MIG 2g.10gb", "-C", "-i", "0")
                            .stdout())
                    .isEqualTo("""
                        Successfully created GPU instance ID  1 on GPU  0 using profile MIG 3g.20gb (ID  9)
                        Successfully created compute instance ID  0 on GPU  0 GPU instance ID  1 using profile MIG 3g.20gb (ID  2)
                        Successfully created GPU instance ID  7 on GPU  0 using profile MIG 1g.5gb (ID 19)
                        Successfully created compute instance ID  0 on GPU  0 GPU instance ID  7 using profile MIG 1g.5gb (ID  0)
                        Successfully created GPU instance ID  3 on GPU  0 using profile MIG 2g.10gb (ID 14)
                        Successfully created compute instance ID  0 on GPU  0 GPU instance ID  3 using profile MIG 2g.10gb (ID  1)
                        """);
            assertThat(gpus.run("nvidia-smi", "mig", "-lgi").stdout()).isEqualTo("""
                +---------------------------------------------------------+
                | GPU instances:                                          |
                | GPU   Name               Profile  Instance   Placement  |
                |                            ID       ID       Start:Size |
                |=========================================================|
                |   0  MIG 1g.5gb            19        7          3:1     |
                +---------------------------------------------------------+
                |   0  MIG 2g.10gb           14        3          0:2     |
                +---------------------------------------------------------+
                |   0  MIG 3g.20gb            9        1          4:4     |
                +---------------------------------------------------------+
                """);
            assertThat(gpus.run("nvidia-smi", "mig", "-lci").stdout()).isEqualTo("""
                +--------------------------------------------------------------------+
                | Compute instances:                                                 |
                | GPU     GPU       Name             Profile   Instance   Placement  |
                |       Instance                       ID        ID       Start:Size |
                |         ID                                                         |
                |====================================================================|
                |   0      7       MIG 1g.5gb           0         0          0:1     |
                +--------------------------------------------------------------------+
                |   0      3       MIG 2g.10gb          1         0          0:2     |
                +--------------------------------------------------------------------+
                |   0      1       MIG 3g.20gb          2         0          0:3     |
                +--------------------------------------------------------------------+
                """);
        }
    }

    @Test
    void leavesWhatItHadCreatedWhenTheOrderIsWrong() throws InterruptedException {
        try (FakeGpus gpus = FakeGpus.createWith(folder, "--gpu", "a100-40", "--mig")) {
            CommandResult refused = gpus.run("nvidia-smi", "mig", "-cgi", "19,19,14,9");
            assertThat(refused.exitCode()).isEqualTo(19);
            assertThat(refused.stdout()).endsWith("""
                Unable to create a GPU instance on GPU  0 using profile 9: Insufficient Resources
                Failed to create GPU instances: Insufficient Resources
                """);
            assertThat(gpus.settings()).contains("2g.10gb at 2", "1g.5gb at 5", "1g.5gb at 6");
            assertThat(gpus.run("nvidia-smi", "mig", "-dgi").exitCode()).isZero();
            assertThat(gpus.run("nvidia-smi", "mig", "-cgi", "9,19,14,19").exitCode())
                    .isZero();
        }
    }

    @Test
    void takesExplicitPlacementsAndSmallerComputeInstances() throws InterruptedException {
        try (FakeGpus gpus = FakeGpus.createWith(folder, "--gpu", "h200", "--mig")) {
            assertThat(gpus.run("nvidia-smi", "mig", "-cgi", "3g.71gb:0,1g.18gb:6")
                            .exitCode())
                    .isZero();
            assertThat(gpus.run("nvidia-smi", "mig", "-gi", "1", "-cci", "1c.3g.71gb,1")
                            .stdout())
                    .isEqualTo("""
                        Successfully created compute instance ID  0 on GPU  0 GPU instance ID  1 using profile MIG 1c.3g.71gb (ID  0)
                        Successfully created compute instance ID  1 on GPU  0 GPU instance ID  1 using profile MIG 2c.3g.71gb (ID  1)
                        """);
            assertThat(gpus.settings())
                    .contains("instance 3g.71gb at 0: 1c.3g.71gb 2c.3g.71gb\n")
                    .contains("instance 1g.18gb at 6: no compute instance\n");
            CommandResult tooEarly = gpus.run("nvidia-smi", "mig", "-dgi", "-gi", "1");
            assertThat(tooEarly.exitCode()).isEqualTo(19);
            assertThat(tooEarly.stdout()).isEqualTo("""
                Unable to destroy GPU instance ID  1 from GPU  0: In use by another client
                Failed to destroy GPU instances: In use by another client
                """);
            assertThat(gpus.run("nvidia-smi", "mig", "-dci").stdout()).isEqualTo("""
                Successfully destroyed compute instance ID  0 from GPU  0 GPU instance ID  1
                Successfully destroyed compute instance ID  1 from GPU  0 GPU instance ID  1
                """);
            assertThat(gpus.run("nvidia-smi", "mig", "-dgi").stdout()).isEqualTo("""
                Successfully destroyed GPU instance ID  1 from GPU  0
                Successfully destroyed GPU instance ID  7 from GPU  0
                """);
            CommandResult nothing = gpus.run("nvidia-smi", "mig", "-dgi");
            assertThat(nothing.stdout()).isEqualTo("No GPU instances found: Not Found\n");
            assertThat(nothing.exitCode()).isEqualTo(6);
        }
    }

    @Test
    void givesNewUuidsToTheSameGeometry() throws InterruptedException {
        try (FakeGpus gpus = FakeGpus.createWith(folder, "--gpu", "a30", "--geometry", "2g.12gb@0")) {
            String before = gpus.run("nvidia-smi", "-L").stdout();
            String settings = gpus.settings();
            gpus.run("nvidia-smi", "mig", "-dci").requireSuccess("destroy");
            gpus.run("nvidia-smi", "mig", "-dgi").requireSuccess("destroy");
            gpus.run("nvidia-smi", "mig", "-cgi", "2g.12gb:0", "-C").requireSuccess("create");
            assertThat(gpus.settings()).isEqualTo(settings);
            assertThat(gpus.run("nvidia-smi", "-L").stdout()).isNotEqualTo(before);
        }
    }

    @Test
    void waitsWithTheModeWhileAProcessIsOnTheGpu() throws InterruptedException {
        try (FakeGpus gpus = FakeGpus.create(folder, "h200");
                FakeTenants.Tenant tenant = FakeTenants.start(gpus, Map.of())) {
            tenant.ready();
            CommandResult pending = gpus.run("nvidia-smi", "-i", "0", "-mig", "1");
            assertThat(pending.exitCode()).isZero();
            assertThat(pending.stdout())
                    .startsWith(
                            "Warning: MIG mode is in pending enable state for GPU 00000000:00:06.0:In use by another"
                                    + " client\n"
                                    + "00000000:00:06.0 is currently being used by one or more other processes")
                    .endsWith("reboot the system to make MIG mode effective.\nAll done.\n");
            assertThat(gpus.settings()).contains("mig off, on after a reset");
            assertThat(gpus.run("nvidia-smi", "--gpu-reset").exitCode()).isEqualTo(255);
            tenant.program().kill();
            Waiting.until(gpus::show, text -> !text.contains("process fake"));
            assertThat(gpus.run("nvidia-smi", "--gpu-reset").stdout())
                    .startsWith("GPU 00000000:00:06.0 was successfully reset.");
            assertThat(gpus.settings()).contains("mig on\n");
        }
    }

    @Test
    void hasNoMigOnACardWithoutIt() throws InterruptedException {
        try (FakeGpus gpus = FakeGpus.create(folder, "t4")) {
            assertThat(gpus.run("nvidia-smi", "-mig", "1").stdout()).isEqualTo("""
                Unable to enable MIG Mode for GPU 00000000:00:06.0: Not Supported
                Treating as warning and moving on.
                All done.
                """);
            assertThat(gpus.run("nvidia-smi", "mig", "-lgip").stdout()).isEqualTo("No MIG-supported devices found.\n");
        }
    }

    @Test
    void remembersWhatChangedAndWhatWasOnlyRead() throws InterruptedException {
        try (FakeGpus gpus = FakeGpus.create(folder, "h200")) {
            gpus.run("nvidia-smi", "-L");
            gpus.run("nvidia-smi", "compute-policy", "-i", "0", "--set-timeslice", "2");
            gpus.run("nvidia-smi", "-i", "0", "-c", "EXCLUSIVE_PROCESS");
            assertThat(gpus.changingCommands())
                    .isEqualTo(List.of(
                            "nvidia-smi compute-policy -i 0 --set-timeslice 2",
                            "nvidia-smi -i 0 -c EXCLUSIVE_PROCESS"));
            assertThat(gpus.commands()).hasSize(3);
            assertThat(gpus.settings()).contains("quantum medium\n", "compute mode exclusive-process\n");
            gpus.clearLog();
            assertThat(gpus.commands()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"h200,1g.18gb,off", "b200,1g.23gb,off", "a100-80,1g.10gb,on", "a30,1g.6gb,on"})
    void keepsOnlyTheModeOverARebootAndOnlyBeforeHopper(String gpu, String profile, String mode)
            throws InterruptedException {
        try (FakeGpus gpus = FakeGpus.createWith(folder, "--gpu", gpu, "--geometry", profile, "--quantum", "3")) {
            gpus.reboot();
            assertThat(gpus.show()).isEqualTo("""
                gpu 0 %s
                  mig %s
                  quantum default
                  compute mode default
                  persistence on
                """.formatted(gpu, mode));
        }
    }
}
