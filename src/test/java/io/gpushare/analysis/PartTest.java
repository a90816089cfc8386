package io.gpushare.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gpushare.analysis.CommonWindow.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartTest {
    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void aSinglePartIsAsSureAsItsTenant() {
        List<Window> windows = aligned(0, 1, SimulatedSeries.ALIKE_BY_0_3.levels(random, 30));
        Estimate alone = CoverageTable.throughput(windows);
        Estimate part = sum(part(alone.value(), windows));
        assertThat(part.value()).isEqualTo(alone.value());
        assertThat(part.standardError()).isCloseTo(alone.standardError(), within(1e-9));
        assertThat(part.freedom()).isEqualTo(alone.freedom());
    }

    @Test
    void whatOneTenantLosesToAnotherDoesNotMoveTheirSum() {
        double[] levels = SimulatedSeries.WHITE.levels(random, 30);
        double[] others = IntStream.range(0, 30).mapToDouble(i -> 2 - levels[i]).toArray();
        Part one = part(1, aligned(0, 1, levels));
        Part other = part(1, aligned(0, 1, others));
        assertThat(sum(one).percent()).isGreaterThan(1);
        assertThat(sum(one, other).percent()).isLessThan(0.05);
    }

    /** A host that slows all tenants at once: as unsure as one of them, not half of it. */
    @Test
    void whatMovesAllTenantsAlikeDoesNotAverageOut() {
        double[] levels = SimulatedSeries.ALIKE_BY_0_6.levels(random, 30);
        Part part = part(1, aligned(0, 1, levels));
        assertThat(sum(part, part, part, part).percent()).isCloseTo(sum(part).percent(), within(1e-9));
    }

    @Test
    void findsWhatTenantsShareThoughTheirWindowsDoNotAlign() {
        double[] levels = IntStream.range(0, 40)
                .mapToDouble(i -> i / 5 % 2 == 0 ? 1 : 0.8)
                .toArray();
        Part early = part(1, aligned(0, 1, levels));
        Part late = part(1, aligned(0.4, 1, levels));
        assertThat(sum(early, late).percent()).isCloseTo(sum(early).percent(), within(1.0));
    }

    @Test
    void laysLongWindowsBesideShortOnes() {
        Part ofFive = part(1, aligned(0, 5, SimulatedSeries.WHITE.levels(random, 12)));
        Part ofOne = part(1, aligned(0, 1, SimulatedSeries.WHITE.levels(random, 60)));
        assertThat(sum(ofFive, ofOne).freedom()).isEqualTo(Swings.cosines(12));
        assertThat(sum(ofFive, ofOne).windows()).isEqualTo(12);
    }

    /** Of two tenants with one baseline its error does not average out; of two with different ones it does. */
    @Test
    void countsABaselinesErrorForAllOfItsVariant() {
        List<Window> steady = aligned(0, 1, ones(30));
        Estimate alone = new Estimate(200, 4, 4, 30);
        List<Part> same = List.of(Part.of(0.5, steady, "a"), Part.of(0.5, steady, "a"));
        List<Part> different = List.of(Part.of(0.5, steady, "a"), Part.of(0.5, steady, "b"));
        assertThat(sum(same, Map.of("a", alone)).standardError()).isCloseTo(0.02, within(1e-12));
        assertThat(sum(different, Map.of("a", alone, "b", alone)).standardError())
                .isCloseTo(0.02 / Math.sqrt(2), within(1e-12));
        assertThat(sum(same, Map.of()).standardError()).isCloseTo(0, within(1e-12));
    }

    @Test
    void saysNothingOfTenantsThatDidNothing() {
        assertThat(Part.sum(List.of(part(1, aligned(0, 1, new double[] {0, 0, 0}))), Map.of()))
                .isEmpty();
        assertThat(Part.sum(List.of(part(1, aligned(0, 1, ones(2)))), Map.of())).isEmpty();
        assertThat(Part.sum(List.of(part(1, List.of())), Map.of())).isEmpty();
        assertThat(Part.sum(List.of(), Map.of())).isEmpty();
    }

    @Test
    void passesAWindowOfNoLength() {
        List<Window> windows = new ArrayList<>(aligned(0, 1, ones(5)));
        windows.add(new Window(5, 5, 0, 0));
        assertThat(sum(part(1, windows)).standardError()).isCloseTo(0, within(1e-12));
    }

    /** Windows set aside at times of each tenant's own, as those on a slowed core; the rest is taken as one series. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FLIPPING")
    void holdsWhatItSaysWhereWindowsAreMissing(SimulatedSeries series) {
        int rounds = 3000;
        int single = 0;
        int total = 0;
        for (int round = 0; round < rounds; round++) {
            List<Part> parts = new ArrayList<>();
            for (int tenant = 0; tenant < 4; tenant++) {
                List<Window> kept = withoutSpells(SimulatedSeries.windows(random, series.levels(random, 40), 100));
                parts.add(part(CoverageTable.unitsPerSec(kept), kept));
            }
            single += CoverageTable.throughput(parts.getFirst().windows()).contains(100) ? 1 : 0;
            total += sum(parts, Map.of()).contains(400) ? 1 : 0;
        }
        assertThat(100.0 * single / rounds).isBetween(92.0, 97.0);
        assertThat(100.0 * total / rounds).isBetween(92.0, 97.0);
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 25})
    void holdsWhatItSaysWhereALongTimeIsMissing(int missing) {
        int rounds = 3000;
        int covered = 0;
        for (int round = 0; round < rounds; round++) {
            List<Window> windows =
                    SimulatedSeries.windows(random, SimulatedSeries.ALIKE_BY_0_6.levels(random, 40), 100);
            windows.subList(8, 8 + missing).clear();
            covered += CoverageTable.throughput(windows).contains(100) ? 1 : 0;
        }
        assertThat(100.0 * covered / rounds).isBetween(92.0, 97.0);
    }

    /** Three of ten windows, in spells of two in the mean. */
    private List<Window> withoutSpells(List<Window> windows) {
        List<Window> kept = new ArrayList<>();
        boolean aside = random.nextDouble() < 0.3;
        for (Window window : windows) {
            if (!aside) {
                kept.add(window);
            }
            aside = random.nextDouble() < (aside ? 0.5 : 0.21) != aside;
        }
        return kept.size() < 12 ? windows : kept;
    }

    private static Estimate sum(Part... parts) {
        return sum(List.of(parts), Map.of());
    }

    private static Estimate sum(List<Part> parts, Map<String, Estimate> baselines) {
        return Part.sum(parts, baselines).orElseThrow();
    }

    private static Part part(double value, List<Window> windows) {
        return Part.of(value, windows, "any");
    }

    private static List<Window> aligned(double fromS, double lengthS, double[] levels) {
        return IntStream.range(0, levels.length)
                .mapToObj(
                        i -> new Window(fromS + i * lengthS, fromS + (i + 1) * lengthS, 100 * lengthS * levels[i], 10))
                .toList();
    }

    private static double[] ones(int size) {
        return Collections.nCopies(size, 1.0).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }
}
