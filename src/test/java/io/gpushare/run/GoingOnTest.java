package io.gpushare.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.plan.PrecisionGoal;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import io.gpushare.run.FakeRuntime.FakeTenant;
import io.gpushare.run.FakeRuntime.Life;
import io.gpushare.run.company.Company;
import io.gpushare.run.stage.RunListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A measurement that goes on after its planned time. */
class GoingOnTest {
    private static final long SECOND_NANOS = 1_000_000_000;
    private static final Duration PLANNED = Duration.ofSeconds(12);

    @TempDir
    Path folder;

    private RunScenario scenario;

    @BeforeEach
    void prepare() {
        scenario = new RunScenario(folder).tenants(1).lasting(PLANNED).timeout(Duration.ofMinutes(30));
    }

    /** Does 100 units a second but for noise, and 60 while its core is slowed. */
    private static Life noisy(double deviation, IntPredicate slowed) {
        return self -> {
            SplittableRandom random = new SplittableRandom(1);
            Lives.hello(self);
            self.say("{\"type\":\"ready\",\"load_s\":0.01,\"warmup_s\":0.002}");
            if (!self.startTold()) {
                return 0;
            }
            self.say("{\"type\":\"started\",\"late_ns\":1000}");
            long begin = self.time.nanos();
            boolean stopped = false;
            int second = 0;
            for (; !stopped; second++) {
                stopped = self.stopTold(begin + (second + 1) * SECOND_NANOS);
                double usual = slowed.test(second) ? 60 : 100;
                say(self, second, usual * (1 + deviation * random.nextGaussian()), slowed.test(second) ? 105 : 60);
            }
            self.say("{\"type\":\"result\",\"units\":1,\"steps\":" + 10 * second + ",\"metrics\":{}}");
            return 0;
        };
    }

    private static void say(FakeTenant self, int second, double units, int loopMicros) {
        self.say(String.format(
                Locale.ROOT,
                "{\"type\":\"window\",\"index\":%d,\"from_ns\":%d,\"until_ns\":%d,\"units\":%f,\"steps\":10,"
                        + "\"latency\":{\"3300\":10},\"core\":{\"cpu\":3,\"loops_ns\":[%d,%d,%d]}}",
                second,
                second * SECOND_NANOS,
                (second + 1) * SECOND_NANOS,
                units,
                1000 * loopMicros,
                1010 * loopMicros,
                1005 * loopMicros));
    }

    private static double seconds(RunResult result) {
        return result.tenants().getFirst().work().windows().size();
    }

    @Test
    void endsWhenPlannedWhereNobodyAsksForMore() throws Exception {
        scenario.runtime.others(_ -> noisy(0.05, second -> false));

        assertThat(seconds(scenario.run().result())).isBetween(12.0, 13.0);
    }

    @Test
    void endsWhenPlannedWhereOtherGpusDo() throws Exception {
        scenario.precision = new PrecisionGoal(2, true, Optional.empty());
        scenario.runtime.others(_ -> noisy(0.05, second -> false));
        Company company = new Company(scenario.time, "4f1c09", List.of(scenario.gpu));

        RunResult result = scenario.in(company.members().getFirst()).run().result();

        assertThat(seconds(result)).isBetween(12.0, 13.0);
    }

    @Test
    void goesOnUntilFiguresAreAsSureAsAskedFor() throws Exception {
        scenario.precision = new PrecisionGoal(2, true, Optional.empty());
        scenario.runtime.others(_ -> noisy(0.05, second -> false));

        RunResult result = scenario.run().result();

        assertThat(seconds(result)).isBetween(34.0, 120.0);
        assertThat(result.verdict().findings()).isEmpty();
        assertThat(result.tenants().getFirst().errors().throughputPercent().orElseThrow())
                .isLessThan(2.5);
        assertThat(scenario.told)
                .contains(
                        "note: The measurement goes on, for 5m at most: of tenant 0 (steady) there are 12 windows yet,"
                                + " and it takes 30 to say how sure a figure is.");
    }

    @Test
    void givesUpAtTheLimitAndSaysSo() throws Exception {
        scenario.precision = new PrecisionGoal(1, true, Optional.of(Duration.ofSeconds(20)));
        scenario.runtime.others(_ -> noisy(0.3, second -> false));

        RunResult result = scenario.run().result();

        assertThat(seconds(result)).isBetween(20.0, 21.0);
        assertThat(result.verdict().findings()).extracting(Finding::reason).contains(Reason.IMPRECISE);
    }

    @Test
    void waitsForASlowedCoreToPass() throws Exception {
        scenario.runtime.others(_ -> noisy(0.3, second -> second > 5 && second < 12));

        RunResult result = scenario.run().result();

        assertThat(seconds(result)).isBetween(14.0, 25.0);
        assertThat(scenario.told)
                .anySatisfy(line -> assertThat(line)
                        .matches(
                                "note: The measurement goes on, for 24s at most: the throughput of tenant 0 \\(steady\\) is"
                                        + " known to ± [\\d.]+ %, and ± 10 % is asked for\\."));
    }

    @Test
    void doesNotGoOnAfterAStop() throws Exception {
        scenario.precision = new PrecisionGoal(0.01, true, Optional.empty());
        scenario.runtime.others(_ -> noisy(0.05, second -> false));
        scenario.interruptedIn(RunListener.Phase.MEASURING);

        assertThat(seconds(scenario.run().result())).isLessThan(12);
    }
}
