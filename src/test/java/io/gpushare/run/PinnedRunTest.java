package io.gpushare.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.cores.CpuSet;
import io.gpushare.cores.HostCores;
import io.gpushare.cores.HostCores.Core;
import io.gpushare.cores.Pin;
import io.gpushare.mode.SharingMode;
import io.gpushare.plan.BaselineChoice;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.RunResultFile;
import io.gpushare.runtime.TenantLaunch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose tenants have cores of their own. */
@Timeout(30)
final class PinnedRunTest {
    @TempDir
    private Path folder;

    private RunScenario scenario;

    @BeforeEach
    void beginWithSevenCores() {
        scenario = new RunScenario(folder.resolve("results")).tenants(2).pin(new Pin.Auto());
        scenario.runtime.cores = Reading.of(new HostCores(IntStream.range(1000, 1007)
                .mapToObj(cpu -> new Core(CpuSet.of(List.of(cpu)), 0))
                .toList()));
    }

    private List<String> given() {
        return scenario.runtime.launches().stream()
                .map(TenantLaunch::cpus)
                .map(cpus -> cpus.map(CpuSet::toString).orElse("anywhere"))
                .toList();
    }

    private static List<String> warnings(RunResult result) {
        return result.warnings().stream()
                .filter(warning -> warning.contains("core") || warning.contains("CPU"))
                .toList();
    }

    @Test
    void aTenantHasTheSameCoresAloneAndInCompany() throws Exception {
        scenario.baseline(new BaselineChoice.Run());
        RunOutcome outcome = scenario.run();

        assertThat(given()).startsWith("1001-1002").containsExactlyInAnyOrder("1001-1002", "1001-1002", "1003-1004");
        RunResult read = RunResultFile.read(outcome.file());
        assertThat(read.plan().pin()).isEqualTo(new Pin.Auto());
        assertThat(read.coresPerTenant()).isEqualTo(2);
        assertThat(read.environment().path("cores").path("kept").asText()).isEqualTo("1000");
        assertThat(read.tenants())
                .extracting(tenant -> tenant.start().launched().path("cpus").asText())
                .containsExactly("1001-1002", "1003-1004");
        assertThat(read.baselines()
                        .getFirst()
                        .alone()
                        .start()
                        .launched()
                        .path("cpus")
                        .asText())
                .isEqualTo("1001-1002");
    }

    @Test
    void tenantsThatRunOneAfterAnotherHaveAsManyAsTogether() throws Exception {
        scenario.mode(new SharingMode.Exclusive());
        scenario.run();
        assertThat(given()).containsExactly("1001-1002", "1003-1004");
    }

    @Test
    void coresNearTheGpuComeFirst() throws Exception {
        scenario.gpu.nearCpus = Reading.of(Set.of(1000, 1005, 1006));
        RunResult result = scenario.run().result();
        assertThat(given()).containsExactlyInAnyOrder("1005-1006", "1001-1002");
        assertThat(warnings(result)).contains("some cores are not near the GPU, of tenant 1");
    }

    @Test
    void nobodyIsPinnedWhoIsNotToBe() throws Exception {
        scenario.pin(new Pin.None());
        RunResult result = scenario.run().result();
        assertThat(given()).containsExactly("anywhere", "anywhere");
        assertThat(result.coresPerTenant()).isZero();
        assertThat(warnings(result)).isEmpty();
    }

    @Test
    void saysWhyTenantsHaveNoCoresToThemselves() throws Exception {
        scenario.runtime.cores = Reading.notMeasured("the engine is far away");
        RunResult result = scenario.run().result();
        assertThat(given()).containsExactly("anywhere", "anywhere");
        assertThat(warnings(result)).containsExactly("tenants have no cores to themselves: the engine is far away");
    }

    @Test
    void namesTenantsThatRunElsewhere() throws Exception {
        scenario.runtime.processes =
                Set.of(Math.toIntExact(ProcessHandle.current().pid()));
        String here = CpuSet.allowedTo(Path.of("/proc/self")).orElseThrow().toString();
        assertThat(warnings(scenario.run().result()))
                .containsExactly(
                        "tenant 0 (steady) was given the CPUs 1001-1002, and may run on " + here
                                + ": its cores are not its own",
                        "tenant 1 (steady) was given the CPUs 1003-1004, and may run on " + here
                                + ": its cores are not its own");
    }

    @Test
    void saysWhereItCannotBeSeen() throws Exception {
        assertThat(warnings(scenario.run().result()))
                .contains("whether tenant 1 (steady) runs on its CPUs 1003-1004 cannot be seen from here");
    }

    @Test
    void saysThatABaselineHadOtherCores() throws Exception {
        Path alone = scenario.baseline(new BaselineChoice.Run()).run().file();
        RunScenario free = new RunScenario(folder.resolve("free"))
                .tenants(2)
                .lasting(Duration.ofMillis(400))
                .baseline(new BaselineChoice.FromFile(List.of(alone)));
        assertThat(warnings(free.run().result()))
                .singleElement()
                .asString()
                .contains("measured with 2 cores each, and here tenants have no cores of their own");
    }
}
