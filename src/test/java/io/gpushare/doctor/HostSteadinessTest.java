package io.gpushare.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gpushare.cores.CpuSet;
import io.gpushare.cores.HostCores;
import io.gpushare.cores.HostCores.Core;
import io.gpushare.reading.Reading;
import io.gpushare.witness.HostWatch;
import io.gpushare.witness.SeenCpu;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HostSteadinessTest {
    private static final double SECONDS = 20;
    private static final int LOOPS = 400;
    private static final long FULL = 50_000;
    private static final long SLOWED = 90_000;
    private static final long PREEMPTED = 4_000_000;

    private static SeenCpu seen(int cpu, List<Long> loops, double used, double stolen) {
        return new SeenCpu(
                cpu, loops, Reading.of(used), Reading.of(stolen), OptionalDouble.of(2100), OptionalDouble.of(3700));
    }

    private static SeenCpu seen(int cpu, IntPredicate slowed) {
        return seen(
                cpu,
                IntStream.range(0, LOOPS)
                        .mapToObj(loop -> slowed.test(loop) ? SLOWED : FULL + loop % 7)
                        .toList(),
                0.3,
                0);
    }

    private static HostCores cores(int... firstCpusOfPairs) {
        return new HostCores(IntStream.of(firstCpusOfPairs)
                .mapToObj(cpu -> new Core(CpuSet.of(List.of(cpu, cpu + 1)), 0))
                .toList());
    }

    private static HostCores single(int cpus) {
        return new HostCores(IntStream.range(0, cpus)
                .mapToObj(cpu -> new Core(CpuSet.of(List.of(cpu)), 0))
                .toList());
    }

    private static HostSteadiness of(HostCores host, OptionalDouble fastest, SeenCpu... cpus) {
        return HostSteadiness.of(new HostWatch.Seen(List.of(cpus), SECONDS, false), host, fastest);
    }

    private static HostSteadiness of(HostCores host, SeenCpu... cpus) {
        return of(host, OptionalDouble.empty(), cpus);
    }

    @Test
    void aSteadyHostNeedsNoAdvice() {
        HostSteadiness host = of(single(2), seen(0, loop -> loop % 40 == 0), seen(1, loop -> false));

        assertThat(host.sentence())
                .isEqualTo("This host is steady: its 2 processors ran at full speed in 20 s of watching.");
        assertThat(host.advice()).isEmpty();
        assertThat(host.steady()).hasToString("0-1");
        assertThat(host.fullSpeedMicros().orElseThrow()).isCloseTo(50, within(0.1));
    }

    @Test
    void namesTheCoresThatWereSlowedAndThoseToTake() {
        HostSteadiness host = of(
                single(4),
                seen(0, loop -> false),
                seen(1, loop -> loop % 100 < 40),
                seen(2, loop -> loop >= 300),
                seen(3, loop -> false));

        assertThat(host.sentence())
                .isEqualTo(
                        "This host is not steady: 2 of its 4 processors ran slowed, for up to 40 % of the time and at"
                                + " 56 % of full speed, in 20 s of watching.");
        assertThat(host.advice().getFirst()).isEqualTo("Take the steady cores: taskset -c 0,3 gpushare bench …");
        assertThat(host.cores()).extracting(CoreSteadiness::flips).containsExactly(0, 7, 1, 0);
        assertThat(host.cores().get(1).slowedShare().orElseThrow()).isCloseTo(0.4, within(1e-9));
    }

    @Test
    void saysWhatItMeansForSoManyTenants() {
        HostSteadiness host = of(
                single(4),
                seen(0, loop -> false),
                seen(1, loop -> loop % 100 < 40),
                seen(2, loop -> loop >= 300),
                seen(3, loop -> false));

        assertThat(host.outlook()).extracting(HostOutlook::tenants).containsExactly(1, 2, 4);
        assertThat(host.outlook().get(1).steadiestCores()).isEqualTo(1);
        assertThat(host.outlook().getLast().steadiestCores()).isCloseTo(0.6 * 0.75, within(1e-9));
        assertThat(host.outlook().getLast().anyCores()).isCloseTo(0.6 * 0.75, within(1e-9));
        assertThat(host.outlook()).extracting(HostOutlook::errorPercent).allMatch(percent -> percent > 0.5);
        assertThat(host.outlook().getFirst().errorPercent())
                .isGreaterThan(host.outlook().getLast().errorPercent());
    }

    /** A flip at random every so often, and many such benches: their spread is what is foretold. */
    @Test
    void foretellsTheSpreadOfBenches() {
        double meanSpellS = 2;
        java.util.SplittableRandom random = new java.util.SplittableRandom(5);
        int benches = 3000;
        double[] speeds = new double[benches];
        for (int bench = 0; bench < benches; bench++) {
            boolean slowed = random.nextBoolean();
            double sum = 0;
            for (int i = 0; i < 3000; i++) {
                slowed ^= random.nextDouble() < 0.01 / meanSpellS;
                sum += slowed ? 0.6 : 1;
            }
            speeds[bench] = sum / 3000;
        }
        double mean = java.util.Arrays.stream(speeds).average().orElseThrow();
        double deviation = Math.sqrt(java.util.Arrays.stream(speeds)
                .map(speed -> (speed - mean) * (speed - mean))
                .average()
                .orElseThrow());
        CoreSteadiness core = new CoreSteadiness(
                seen(0, loop -> false), LOOPS, OptionalDouble.of(0.5), 1000, 0, OptionalDouble.of(50));

        HostOutlook outlook =
                HostOutlook.of(List.of(core), 0.6, 1000 * meanSpellS).getFirst();

        assertThat(outlook.errorPercent()).isCloseTo(100 * 1.96 * deviation / mean, within(0.5));
    }

    @Test
    void takesNoHalfOfACore() {
        HostSteadiness host = of(
                cores(0, 2),
                seen(0, loop -> false),
                seen(1, loop -> loop % 2 == 0),
                seen(2, loop -> false),
                seen(3, loop -> false));

        assertThat(host.steady()).hasToString("2-3");
    }

    @Test
    void sparesCoresThatOtherProgramsOrGuestsUse() {
        List<Long> fast = seen(0, loop -> false).loopNanos();
        HostSteadiness host = of(single(3), seen(0, fast, 60, 0), seen(1, fast, 0.4, 8), seen(2, fast, 0.4, 0.1));

        assertThat(host.sentence())
                .isEqualTo("The cores of this host ran at full speed in 20 s of watching, but other programs or guests"
                        + " had 2 of 3 for a part of it.");
        assertThat(host.advice())
                .startsWith(
                        "Take the steady cores: taskset -c 2 gpushare bench …",
                        "Stop other programs: they keep 0.6 of 3 processors busy.");
    }

    @Test
    void countsLoopsThatWereInterruptedForNeitherSpeed() {
        List<Long> loops = IntStream.range(0, LOOPS)
                .mapToObj(loop -> loop % 4 == 0 ? PREEMPTED : FULL)
                .toList();
        HostSteadiness host = of(single(1), seen(0, loops, 5, 0));

        assertThat(host.cores().getFirst().slowedShare()).hasValue(0);
        assertThat(host.cores().getFirst().interruptedShare()).isEqualTo(0.25);
        assertThat(host.sentence()).startsWith("This host is steady: its 1 processor ran");
    }

    @Test
    void knowsFromHistoryThatAllCoresWereSlowAllTheTime() {
        HostSteadiness host = of(single(2), OptionalDouble.of(FULL), seen(0, loop -> true), seen(1, loop -> true));

        assertThat(host.sentence())
                .startsWith("This host is not steady: 2 of its 2 processors ran slowed, for up to 100 %");
        assertThat(host.steady().isEmpty()).isTrue();
        assertThat(host.advice()).noneMatch(step -> step.contains("taskset"));
    }

    @Test
    void saysThatNothingIsKnownWhereNoLoopCouldBeTimed() {
        SeenCpu unseen = new SeenCpu(
                0,
                List.of(),
                Reading.notMeasured("no"),
                Reading.notMeasured("no"),
                OptionalDouble.empty(),
                OptionalDouble.empty());
        HostSteadiness host = of(single(1), unseen);

        assertThat(host.sentence()).startsWith("Nothing is known of this host");
        assertThat(host.advice()).isEmpty();
        assertThat(host.outlook()).isEmpty();
        assertThat(host.asTree()).containsEntry("full_speed_loop_us", null);
    }

    @Test
    void copesWithManyProcessors() {
        SeenCpu[] many = IntStream.range(0, 128)
                .mapToObj(cpu -> seen(cpu, loop -> cpu >= 64 && loop % 10 < 2))
                .toArray(SeenCpu[]::new);
        HostSteadiness host = of(single(128), many);

        assertThat(host.steady()).hasToString("0-63");
        assertThat(host.outlook()).extracting(HostOutlook::tenants).endsWith(64, 128);
        assertThat(host.outlook().get(6).steadiestCores()).isEqualTo(1);
    }
}
