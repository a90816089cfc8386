package io.gpushare.results.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gpushare.analysis.FullSpeedRate;
import io.gpushare.plan.PrecisionGoal;
import io.gpushare.reading.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RatingTest {
    private static List<WindowResult> halfSlowed(int cpu) {
        return IntStream.range(0, 20)
                .mapToObj(second -> MadeTenant.window(second, second % 4 < 2 ? 10 : 0, cpu))
                .toList();
    }

    private static List<TenantResult> of(List<TenantResult> together, Set<Integer> physicalCore) {
        List<Rating.Rated> rated = MadeTenant.rated(together, physicalCore);
        List<TenantResult> results = new ArrayList<>();
        for (int place = 0; place < rated.size(); place++) {
            results.add(rated.get(place).applied(together.get(place)));
        }
        return results;
    }

    private static TenantResult alone(String kind, List<WindowResult> windows) {
        return of(List.of(MadeTenant.of(kind, windows)), Set.of()).getFirst();
    }

    private static CoreSpeed core(TenantResult tenant) {
        return tenant.work().core().asOptional().orElseThrow();
    }

    @Test
    void tellsBothWhatWasMeasuredAndWhatItWouldHaveBeen() {
        TenantResult tenant = alone("training", halfSlowed(3));

        assertThat(tenant.work().measuredUnitsPerSec()).isEqualTo(Reading.of(800.0));
        assertThat(tenant.unitsPerSec().asOptional().orElseThrow()).isCloseTo(1000, within(1e-6));
        assertThat(core(tenant).words()).isEqualTo("core 3 ran at 57 % of its speed for 10.0 of 20.0 s");
        double p99 = tenant.latency().asOptional().orElseThrow().p99Ms();
        assertThat(p99)
                .isLessThan(tenant.work()
                        .measuredLatency()
                        .asOptional()
                        .orElseThrow()
                        .p99Ms());
    }

    /** A processor's number says nothing on another machine. */
    @Test
    void tenantsOnDifferentMachinesShareNoCore() {
        assertThat(shareACore("n1", "n2")).isFalse();
        assertThat(shareACore("n1", "n1")).isTrue();
    }

    private static boolean shareACore(String oneMachine, String otherMachine) {
        OptionalDouble fullSpeed = OptionalDouble.of(10_000);
        return Rating.of(
                        List.of(
                                new Rating.Watched("one", oneMachine, halfSlowed(3), fullSpeed, false),
                                new Rating.Watched("other", otherMachine, halfSlowed(3), fullSpeed, false)),
                        cpu -> Set.of(cpu))
                .getFirst()
                .core()
                .asOptional()
                .orElseThrow()
                .sharesACore();
    }

    @Test
    void leavesAloneWhatWaitsForSomebody() {
        TenantResult tenant = alone("interactive", halfSlowed(3));

        assertThat(tenant.work().atFullSpeed()).isEmpty();
        assertThat(tenant.work().core().asOptional()).isPresent();
    }

    @Test
    void saysNothingOfFullSpeedWhereItWasNeverSeen() {
        TenantResult tenant = alone(
                "training",
                IntStream.range(0, 20)
                        .mapToObj(second -> MadeTenant.window(second, 10, 3))
                        .toList());

        assertThat(tenant.work().atFullSpeed()).isEmpty();
        assertThat(core(tenant).slowedAllTheTime()).isTrue();
    }

    /** As many burners on one GPU: the GPU is what they wait for, whatever their cores do. */
    @Test
    void leavesAloneWhatDoesNotFeelItsCore() {
        List<TenantResult> burners = of(
                List.of(steady(IntStream.generate(() -> 10), 3), steady(IntStream.iterate(0, last -> 10 - last), 5)),
                Set.of());

        assertThat(burners).allSatisfy(tenant -> {
            assertThat(core(tenant).harmless()).isTrue();
            assertThat(core(tenant).slowedAllTheTime()).isFalse();
            assertThat(tenant.work().atFullSpeed()).isEmpty();
            assertThat(tenant.unitsPerSec().asOptional().orElseThrow()).isCloseTo(1000, within(2.0));
            assertThat(reasons(tenant)).isEmpty();
        });
        assertThat(core(burners.getFirst()).words())
                .isEqualTo("core 3 ran at 57 % of its speed for 20.0 of 20.0 s, which its throughput did not feel");
    }

    /** A tenant that was never at full speed, beside three that do the same and were: they show what that costs. */
    @Test
    void judgesATenantByWhatThoseThatAreAlikeShow() {
        List<TenantResult> four = of(
                List.of(
                        MadeTenant.of("training", slowed(IntStream.generate(() -> 10), 1)),
                        MadeTenant.of("training", slowed(IntStream.iterate(0, last -> 10 - last), 2)),
                        MadeTenant.of("training", slowed(IntStream.iterate(10, last -> 10 - last), 3)),
                        MadeTenant.of("training", slowed(IntStream.generate(() -> 0), 4))),
                Set.of());

        assertThat(four).allSatisfy(tenant -> {
            assertThat(core(tenant).slowedAllTheTime()).isFalse();
            assertThat(core(tenant).effect()).isEqualTo(CoreSpeed.Effect.KNOWN_OF_ALIKE);
            assertThat(tenant.unitsPerSec().asOptional().orElseThrow()).isCloseTo(1000, within(1e-6));
        });
        assertThat(four.getFirst().work().measuredUnitsPerSec()).isEqualTo(Reading.of(600.0));
    }

    /** Where full speed was hardly seen of any of them, a line through what was seen is a guess. */
    @Test
    void guessesNothingWhereAlmostAllOfThemWereSlowed() {
        List<TenantResult> four = of(
                List.of(
                        MadeTenant.of("training", slowed(IntStream.generate(() -> 10), 1)),
                        MadeTenant.of("training", slowed(IntStream.generate(() -> 10), 2)),
                        MadeTenant.of("training", slowed(IntStream.iterate(10, last -> 10 - last), 3))),
                Set.of());

        assertThat(core(four.getFirst()).slowedAllTheTime()).isTrue();
        assertThat(four.getFirst().work().atFullSpeed()).isEmpty();
        assertThat(core(four.get(2)).slowedAllTheTime()).isFalse();
    }

    private static List<WindowResult> slowed(IntStream slowedLoops, int cpu) {
        List<WindowResult> windows = new ArrayList<>();
        PrimitiveIterator.OfInt slowed = slowedLoops.limit(20).iterator();
        for (int second = 0; slowed.hasNext(); second++) {
            windows.add(MadeTenant.window(second, slowed.nextInt(), cpu));
        }
        return windows;
    }

    /** The same on cores of which none was ever at full speed: nothing tells whether that cost something. */
    @Test
    void judgesNoneOfThoseThatWereAllSlowedAllTheTime() {
        List<TenantResult> burners =
                of(List.of(steady(IntStream.generate(() -> 10), 3), steady(IntStream.generate(() -> 10), 5)), Set.of());

        assertThat(burners).allSatisfy(tenant -> {
            assertThat(core(tenant).slowedAllTheTime()).isTrue();
            assertThat(reasons(tenant)).containsExactly(Verdict.Reason.HOST_SLOWED);
        });
    }

    private static List<Verdict.Reason> reasons(TenantResult tenant) {
        Optional<FullSpeedRate> rate = Optional.of(FullSpeedRate.asMeasured(tenant.work().windows().stream()
                .map(window -> new FullSpeedRate.Window(window.fromS(), window.untilS(), window.units(), 0))
                .toList()));
        return new TenantCertainty("", tenant, rate, PrecisionGoal.DEFAULT, Reading.notMeasured("not here"))
                .findings().stream().map(Verdict.Finding::reason).toList();
    }

    private static TenantResult steady(IntStream slowedLoops, int cpu) {
        List<WindowResult> windows = new ArrayList<>();
        PrimitiveIterator.OfInt slowed = slowedLoops.limit(20).iterator();
        for (int second = 0; slowed.hasNext(); second++) {
            WindowResult window = MadeTenant.window(second, slowed.nextInt(), cpu);
            windows.add(new WindowResult(
                    window.fromS(),
                    window.untilS(),
                    1000 + second % 3,
                    window.steps(),
                    window.latency(),
                    true,
                    window.core()));
        }
        return MadeTenant.of("training", windows);
    }

    @Test
    void countsAnotherTenantOnTheSamePhysicalCoreAsACostOfSharing() {
        List<TenantResult> pair =
                List.of(MadeTenant.of("training", halfSlowed(3)), MadeTenant.of("training", halfSlowed(7)));

        assertThat(of(pair, Set.of(3, 7))).allSatisfy(tenant -> {
            assertThat(tenant.work().atFullSpeed()).isEmpty();
            assertThat(core(tenant).sharesACore()).isTrue();
        });
        assertThat(of(pair, Set.of())).allSatisfy(tenant -> {
            assertThat(tenant.work().atFullSpeed()).isPresent();
            assertThat(core(tenant).sharesACore()).isFalse();
        });
    }

    @Test
    void takesProgramsThatDoNotLookAsTheyAre() {
        TenantResult tenant = alone("training", MadeTenant.seconds(100, 102, 98, 101, 99, 100));

        assertThat(tenant.work().core().asOptional()).isEmpty();
        assertThat(tenant.unitsPerSec()).isEqualTo(Reading.of(100.0));
        assertThat(tenant.errors().throughputPercent().orElseThrow()).isBetween(0.5, 5.0);
        assertThat(tenant.errors().p50Percent().orElseThrow()).isLessThan(1);
    }
}
