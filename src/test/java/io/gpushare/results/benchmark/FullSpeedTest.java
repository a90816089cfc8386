package io.gpushare.results.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gpushare.analysis.CoreLoops;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.reading.Reading;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FullSpeedTest {
    private static final long FULL = 60_000;
    private static final long SLOW = 105_000;

    private static final Reading<Double> UNKNOWN = Reading.notMeasured("made up");

    /** A window of ten loops, some of them slowed; the tenant does 1000 units a second, or 600 while it is slowed. */
    private static WindowResult window(int second, int slowedLoops, int cpu) {
        List<Long> nanos = Stream.concat(
                        Collections.nCopies(10 - slowedLoops, FULL).stream(),
                        Collections.nCopies(slowedLoops, SLOW).stream())
                .toList();
        int bucket = slowedLoops == 0 ? 2761 : 2900;
        return new WindowResult(
                second,
                second + 1,
                1000 - 40 * slowedLoops,
                100,
                LatencyCounts.of(Map.of(bucket, 100L)),
                true,
                Optional.of(new CoreLoops(OptionalInt.of(cpu), nanos)));
    }

    private static TenantResult tenant(String kind, List<WindowResult> windows) {
        return new TenantResult(
                new TenantResult.Identity(0, "work", "work", kind, "sample"),
                Optional.empty(),
                new TenantResult.Start(
                        Optional.empty(),
                        JsonNodeFactory.instance.objectNode(),
                        UNKNOWN,
                        UNKNOWN,
                        UNKNOWN,
                        Reading.notMeasured("made up")),
                TenantResult.Work.of(windows, UNKNOWN),
                UNKNOWN,
                Reading.notMeasured("made up"),
                Map.of(),
                Reading.notMeasured("made up"));
    }

    private static List<WindowResult> halfSlowed(int cpu) {
        return IntStream.range(0, 20)
                .mapToObj(second -> window(second, second % 4 < 2 ? 10 : 0, cpu))
                .toList();
    }

    private static List<TenantResult> of(List<TenantResult> together, Set<Integer> physicalCore) {
        return FullSpeed.of(
                together,
                Collections.nCopies(together.size(), OptionalDouble.of(FULL)),
                cpu -> physicalCore.contains(cpu) ? physicalCore : Set.of(cpu));
    }

    @Test
    void tellsBothWhatWasMeasuredAndWhatItWouldHaveBeen() {
        TenantResult tenant =
                of(List.of(tenant("training", halfSlowed(3))), Set.of()).getFirst();

        assertThat(tenant.work().measuredUnitsPerSec()).isEqualTo(Reading.of(800.0));
        assertThat(tenant.unitsPerSec().asOptional().orElseThrow()).isCloseTo(1000, within(1e-6));
        CoreSpeed core = tenant.work().core().asOptional().orElseThrow();
        assertThat(core.words()).isEqualTo("core 3 ran at 57 % of its speed for 10.0 of 20.0 s");
        assertThat(tenant.latency().asOptional().orElseThrow().p99Ms())
                .isLessThan(tenant.work()
                        .measuredLatency()
                        .asOptional()
                        .orElseThrow()
                        .p99Ms());
    }

    @Test
    void leavesAloneWhatWaitsForSomebody() {
        TenantResult tenant =
                of(List.of(tenant("interactive", halfSlowed(3))), Set.of()).getFirst();

        assertThat(tenant.work().atFullSpeed()).isEmpty();
        assertThat(tenant.work().core().asOptional()).isPresent();
    }

    @Test
    void saysNothingOfFullSpeedWhereItWasNeverSeen() {
        List<WindowResult> slow =
                IntStream.range(0, 20).mapToObj(second -> window(second, 10, 3)).toList();

        TenantResult tenant = of(List.of(tenant("training", slow)), Set.of()).getFirst();

        assertThat(tenant.work().atFullSpeed()).isEmpty();
        assertThat(tenant.work().core().asOptional().orElseThrow().slowedAllTheTime())
                .isTrue();
    }

    @Test
    void countsAnotherTenantOnTheSamePhysicalCoreAsACostOfSharing() {
        List<TenantResult> pair = List.of(tenant("training", halfSlowed(3)), tenant("training", halfSlowed(7)));

        List<TenantResult> onOneCore = of(pair, Set.of(3, 7));
        List<TenantResult> apart = of(pair, Set.of());

        assertThat(onOneCore).allSatisfy(tenant -> {
            assertThat(tenant.work().atFullSpeed()).isEmpty();
            assertThat(tenant.work().core().asOptional().orElseThrow().sharesACore())
                    .isTrue();
        });
        assertThat(apart).allSatisfy(tenant -> {
            assertThat(tenant.work().atFullSpeed()).isPresent();
            assertThat(tenant.work().core().asOptional().orElseThrow().sharesACore())
                    .isFalse();
        });
    }

    @Test
    void keepsQuietAboutProgramsThatDoNotLook() {
        TenantResult plain = tenant("training", halfSlowed(3));

        assertThat(FullSpeed.of(List.of(plain), List.of(OptionalDouble.empty()), cpu -> Set.of(cpu)))
                .containsExactly(plain);
    }
}
