package io.gpushare.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.plan.BaselineChoice;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import io.gpushare.runtime.ClockOffset;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tenants on machines whose clocks differ. */
final class StartClockTest {
    private static final long FIVE_SECONDS = 5_000_000_000L;

    @TempDir
    private Path folder;

    private RunScenario scenario() {
        return new RunScenario(folder.resolve("results"))
                .tenants(2)
                .baseline(new BaselineChoice.None())
                .lasting(Duration.ofMillis(400));
    }

    private static long toldToStartAt(RunScenario scenario, int tenant) throws Exception {
        String start = scenario.runtime.launched().stream()
                .filter(one -> one.launch.number() == tenant)
                .findFirst()
                .orElseThrow()
                .start;
        return new ObjectMapper().readTree(start).path("at_unix_ns").asLong();
    }

    @Test
    void tellsEachTheInstantByItsOwnClock() throws Exception {
        RunScenario scenario = scenario();
        scenario.runtime.clocks.put(1, Reading.of(new ClockOffset(-FIVE_SECONDS, 40_000)));

        RunResult run = scenario.run().result();

        assertThat(toldToStartAt(scenario, 1) - toldToStartAt(scenario, 0)).isEqualTo(-FIVE_SECONDS);
        assertThat(run.tenants()
                        .get(1)
                        .start()
                        .launched()
                        .path("clock_ahead_ns")
                        .asLong())
                .isEqualTo(-FIVE_SECONDS);
        assertThat(run.tenants()
                        .get(1)
                        .start()
                        .launched()
                        .path("clock_error_ns")
                        .asLong())
                .isEqualTo(40_000);
        assertThat(run.tenants().get(0).start().launched().has("clock_ahead_ns"))
                .isFalse();
        assertThat(run.verdict().findings()).extracting(Finding::reason).doesNotContain(Reason.START_SKEW);
    }

    @Test
    void doesNotBelieveInOneInstantWhereAClockIsNotKnown() throws Exception {
        RunScenario scenario = scenario();
        scenario.runtime.clocks.put(0, Reading.notMeasured("the node n1 does not tell its time"));

        assertThat(scenario.run().result().verdict().findings())
                .extracting(Finding::reason)
                .contains(Reason.START_SKEW);
    }
}
