package io.gpushare.study.metric;

import static io.gpushare.study.MadeRun.latencies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gpushare.analysis.LatencyCounts;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.MadeRun;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class RunNumbersTest {
    private static final OptionalDouble IDLE_W = OptionalDouble.of(100);

    private static Map<String, Double> numbers(MadeRun run, StudyOptions options) {
        Map<String, Double> byId = new HashMap<>();
        StoredRun stored = run.stored();
        RunNumbers.of(stored, options, IDLE_W, Baselines.of(List.of(stored)))
                .forEach((metric, value) -> byId.put(metric.id(), value));
        return byId;
    }

    private static Map<String, Double> numbers(MadeRun run) {
        return numbers(run, StudyOptions.DEFAULT);
    }

    @Test
    void comparesThroughputAndTailWithEachVariantAlone() {
        Map<String, Double> numbers = numbers(
                MadeRun.in("mps").tenants("a", latencies(8, 500), 40, 60).alone("a", 100, latencies(4, 500), 300));

        assertThat(numbers).containsEntry("stp", 1.0).containsEntry("throughput_units_per_sec", 100.0);
        assertThat(numbers.get("slowdown/a")).isCloseTo((2.5 + 100.0 / 60) / 2, within(1e-9));
        assertThat(numbers.get("overhead_percent/a")).isCloseTo(50, within(1e-9));
        assertThat(numbers.get("worst_slowdown")).isEqualTo(2.5);
        assertThat(numbers.get("p99_ms/a")).isCloseTo(8, within(0.03));
        assertThat(numbers.get("p99_slowdown/a")).isCloseTo(2, within(0.01));
        assertThat(numbers.get("gpus_saved")).isEqualTo(0);
    }

    @Test
    void givesATenantThatTakesTurnsItsShareOfTheTime() {
        Map<String, Double> numbers = numbers(
                MadeRun.in("exclusive").tenants("a", latencies(8, 500), 90).tenants("b", latencies(8, 500), 30),
                new StudyOptions(false, false, List.of(new Slo("a", 0.99, 100)), OptionalDouble.empty(), 1));

        assertThat(numbers)
                .containsEntry("tenant_units_per_sec/a", 45.0)
                .containsEntry("tenant_units_per_sec/b", 15.0)
                .containsEntry("goodput_units_per_sec/a", 45.0);
    }

    @Test
    void hasNoPercentileOfTooFewLatencies() {
        Map<String, Double> numbers = numbers(MadeRun.in("mps").tenants("a", latencies(8, 458), 40));

        assertThat(numbers).containsKeys("p50_ms/a", "p90_ms/a").doesNotContainKey("p99_ms/a");
        assertThat(numbers(MadeRun.in("mps").tenants("a", latencies(8, 43), 40)))
                .doesNotContainKey("p90_ms/a");
    }

    @Test
    void hasNoWorstTailWhereTheTenantThatStarvesHasTooFewLatenciesToTellItsTail() {
        LatencyCounts many = latencies(1, 5000);
        Map<String, Double> numbers = numbers(MadeRun.in("mps")
                .tenants("small", latencies(50, 200), 20)
                .tenants("large", many, 990)
                .alone("small", 240, latencies(4, 2400), 150)
                .alone("large", 1000, many, 400));

        assertThat(numbers).doesNotContainKey("worst_p99_slowdown");
        assertThat(numbers.get("worst_p90_slowdown")).isCloseTo(12.5, within(0.1));
    }

    @Test
    void weighsTheEnergyAgainstWhatTheSameWorkTakesAlone() {
        Map<String, Double> numbers = numbers(MadeRun.in("mps")
                .tenants("a", 50)
                .tenants("b", 8)
                .alone("a", 100, LatencyCounts.NONE, 300)
                .alone("b", 10, LatencyCounts.NONE, 500)
                .taking(4400));

        // 440 W for half of what takes 300 W, and eight tenths of what takes 500 W.
        assertThat(numbers.get("energy_against_alone")).isCloseTo(440 / (0.5 * 300 + 0.8 * 500), within(1e-9));
        assertThat(numbers).containsEntry("mean_power_w", 440.0).doesNotContainKey("throughput_units_per_sec");
    }

    @Test
    void dividesTheEnergyAmongTenantsByAModelThatAddsUp() {
        Map<String, Double> numbers = numbers(MadeRun.in("mps")
                .tenants("a", 50)
                .tenants("b", 8)
                .alone("a", 100, LatencyCounts.NONE, 300)
                .alone("b", 10, LatencyCounts.NONE, 500)
                .taking(4400));

        double a = numbers.getOrDefault("modelled_joules_per_unit/a", 0.0);
        double b = numbers.getOrDefault("modelled_joules_per_unit/b", 0.0);
        assertThat(10 * (50 * a + 8 * b)).isCloseTo(4400, within(1e-6));
        assertThat(b).isGreaterThan(a);
    }

    @Test
    void countsAsGoodputWhatIsDoneWithinTheBound() {
        LatencyCounts mixed = latencies(5, 900).plus(latencies(20, 100));
        StudyOptions options =
                new StudyOptions(false, false, List.of(new Slo("a", 0.99, 10)), OptionalDouble.empty(), 1);

        Map<String, Double> numbers = numbers(MadeRun.in("mps").tenants("a[batch=8]", mixed, 40), options);

        assertThat(numbers.get("attainment/a[batch=8]")).isEqualTo(0.9);
        assertThat(numbers.get("goodput_units_per_sec/a[batch=8]")).isCloseTo(36, within(1e-9));
        assertThat(numbers.get("slo_attainment")).isEqualTo(0.9);
    }

    @Test
    void pricesAMillionUnitsAtTheGivenPriceOfAnHour() {
        StudyOptions options = new StudyOptions(false, false, List.of(), OptionalDouble.of(3.6), 1);

        assertThat(numbers(MadeRun.in("mps").tenants("a", 400, 600), options).get("cost_per_million_units"))
                .isCloseTo(1, within(1e-9));
        assertThat(numbers(MadeRun.in("mps").tenants("a", 400).tenants("b", 600), options))
                .doesNotContainKey("cost_per_million_units");
    }

    @Test
    void saysNothingOfSlowdownWithoutABaseline() {
        assertThat(numbers(MadeRun.in("mps").tenants("a", 40)))
                .doesNotContainKeys(
                        "stp", "slowdown/a", "fairness", "energy_against_alone", "modelled_joules_per_unit/a");
    }
}
