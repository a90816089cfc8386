package io.gpushare.run.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.cores.OwnCores;
import io.gpushare.gpu.DriverPause;
import io.gpushare.gpu.GpuDriver;
import io.gpushare.mode.ActiveMode;
import io.gpushare.mode.MigLayout;
import io.gpushare.mode.SharingMode;
import io.gpushare.mode.SomeModes;
import io.gpushare.platform.Platform;
import io.gpushare.reading.Reading;
import io.gpushare.results.ResultDirectory;
import io.gpushare.results.ResultName;
import io.gpushare.results.ResultSchema;
import io.gpushare.run.RunScenario;
import io.gpushare.run.company.Member;
import io.gpushare.run.stage.Bench;
import io.gpushare.run.stage.StagePlan;
import io.gpushare.run.stage.StageResult;
import io.gpushare.sampling.MonitorFiles;
import io.gpushare.sampling.journal.MonitorResult;
import io.gpushare.sim.Simulation;
import io.gpushare.time.Time;
import io.gpushare.time.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class RunSamplingTest {
    private final Time time = new VirtualTime();

    @TempDir
    private Path folder;

    @Test
    void aFileThatHoldsADivisionAndItsEndIsWhole() throws Exception {
        Simulation simulation = Simulation.of("h200", 1, time);
        try (RunSampling sampling = samplingOf(simulation)) {
            SharingMode mig = SharingMode.mig(new MigLayout.Balanced());
            String device;
            try (ActiveMode active = simulation.modes().activate(SomeModes.request(mig, 2), sampling)) {
                device = active.placements().getFirst().device().orElseThrow();
                sampling.lookForMigDevices();
                sampling.began("measure tenants");
                time.sleep(Duration.ofMillis(1_200));
                sampling.ended();
            }
            sampling.during(() -> {});
            time.sleep(Duration.ofMillis(200));
            MonitorResult written = sampling.finish().orElseThrow();

            JsonNode document = new ObjectMapper().readTree(written.file().toFile());
            assertThat(ResultSchema.gpuMonitor().problemsOf(document)).isEmpty();
            Set<String> subjects = new LinkedHashSet<>();
            document.path("tables")
                    .forEach(table -> subjects.add(table.path("subject").asText()));
            assertThat(subjects).contains(device);
            assertThat(document.toString()).contains("this MIG device is not there any more");
            assertThat(sampling.gpu().in(measured("measure tenants")).asOptional())
                    .isPresent();
            assertThat(sampling.instrument().missedTicks()).isLessThan(3);
        }
    }

    private StageResult measured(String phase) {
        StagePlan plan = new StagePlan(
                "tenants",
                "tenant-",
                List.of(),
                List.of(),
                OwnCores.NONE,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                "run",
                0,
                "1",
                Optional.empty(),
                true);
        return new StageResult(plan, List.of(), phase, 1, 1, 0, 1, Reading.of(List.of()), List.of());
    }

    private RunSampling samplingOf(Simulation simulation) {
        RunScenario scenario = new RunScenario(folder).tenants(2);
        ResultDirectory directory = ResultDirectory.open(folder);
        GpuDriver driver = simulation.driver();
        Bench bench = new Bench(
                time,
                Optional.of(driver.gpus().getFirst()),
                driver.versions(),
                DriverPause.NONE,
                scenario.runtime,
                scenario.attaching(),
                simulation.modes(),
                directory,
                scenario,
                scenario,
                Platform.silent("a test"),
                Member.alone());
        return new RunSampling(
                scenario.plan(), bench, MonitorFiles.in(directory, ResultName.monitor(Instant.EPOCH, "abc123")));
    }
}
