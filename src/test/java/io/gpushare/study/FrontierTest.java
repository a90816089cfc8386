package io.gpushare.study;

import static io.gpushare.study.MadeRun.latencies;
import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.study.metric.Slo;
import io.gpushare.study.metric.StudyOptions;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FrontierTest {
    private static Frontier frontier(List<Slo> slos, MadeRun... runs) {
        StudyOptions options = new StudyOptions(false, false, slos, OptionalDouble.empty(), 1);
        Family family = Study.of(Stream.of(runs).map(MadeRun::stored).toList(), options)
                .sections()
                .getFirst()
                .families()
                .getFirst();
        return Frontier.of(family, options);
    }

    /** Two tenants that do this much together, with steps this long. */
    private static MadeRun two(String mode, double work, double ms) {
        return MadeRun.in(mode).tenants("a", latencies(ms, 1000), work / 2, work / 2);
    }

    private static final MadeRun[] RUNS = {
        MadeRun.in("exclusive").tenants("a", latencies(1, 1000), 100),
        two("exclusive", 100, 1),
        two("time-slicing", 110, 4),
        two("mps", 180, 3),
        MadeRun.in("mps").tenants("a", latencies(12, 1000), 50, 50, 50, 50)
    };

    @Test
    void marksWhatAnotherBeatsInBoth() {
        Frontier frontier = frontier(List.of(), RUNS);

        assertThat(frontier.points())
                .extracting(point -> point.tenants() + " " + point.armName() + " " + point.beaten())
                .containsExactlyInAnyOrder("1 exclusive false", "2 time-slicing true", "2 MPS false", "4 MPS false");
    }

    @Test
    void theKneeIsTheMostWorkForItsLatencyOrWithinTheBound() {
        assertThat(frontier(List.of(), RUNS).knee().orElseThrow().tenants()).isEqualTo(1);
        Frontier bounded = frontier(List.of(new Slo("a", 0.99, 10)), RUNS);
        assertThat(bounded.bound()).hasValue(10);
        assertThat(bounded.knee().orElseThrow().work().mean()).isEqualTo(180);
        assertThat(frontier(List.of(new Slo("a", 0.99, 20)), RUNS)
                        .knee()
                        .orElseThrow()
                        .tenants())
                .isEqualTo(4);
        assertThat(frontier(List.of(new Slo("a", 0.99, 0.5)), RUNS).knee()).isEmpty();
    }

    @Test
    void aBoundOnAnotherPercentileIsNotOfThisTail() {
        assertThat(frontier(List.of(new Slo("a", 0.9, 10), new Slo("b", 0.99, 10)), RUNS)
                        .bound())
                .isEmpty();
    }

    @Test
    void ofDifferentWorkloadsItIsProgressAgainstSlowdown() {
        MadeRun mixed = MadeRun.in("mps")
                .tenants("a", latencies(3, 1000), 60)
                .tenants("b", latencies(8, 1000), 30)
                .alone("a", 100, latencies(1, 1000), 300)
                .alone("b", 50, latencies(4, 1000), 300);

        Frontier frontier = frontier(List.of(), mixed);

        assertThat(frontier.points()).hasSize(1).first().satisfies(point -> {
            assertThat(point.work().metric().label()).isEqualTo("STP");
            assertThat(point.latency().metric().label()).isEqualTo("worst p99 slowdown");
        });
    }
}
