package io.gpushare.mode.mig;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.gpu.MigPlacement;
import io.gpushare.gpu.MigProfile;
import io.gpushare.mode.MigLayoutText;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The geometries against a count that tries everything, and knows nothing of how they are found. */
final class MigGeometryTest {
    /** By NVIDIA's guide: the sizes of compute instances in a GPU instance of so many slices. */
    private static final Map<Integer, List<Integer>> SIZES = Map.of(
            1, List.of(1), 2, List.of(1, 2), 3, List.of(1, 2, 3), 4, List.of(1, 2, 4), 7, List.of(1, 2, 3, 4, 7));

    private static Set<String> texts(List<MigGeometry> geometries) {
        Set<String> texts = new TreeSet<>();
        geometries.forEach(geometry -> texts.add(String.join(",", MigLayoutText.write(geometry.layout()))));
        return texts;
    }

    /** How many of the smallest find a place beside the profile, wherever that one stands. */
    private static int mostNeighbours(MigProfile profile, MigProfile smallest) {
        int most = -1;
        for (MigPlacement place : profile.placements()) {
            int free = 0;
            for (MigPlacement other : smallest.placements()) {
                boolean apart =
                        other.start() + other.size() <= place.start() || place.start() + place.size() <= other.start();
                free += apart ? 1 : 0;
            }
            boolean alike = profile.equals(smallest);
            most = Math.max(most, Math.min(free, smallest.maxInstances() - (alike ? 1 : 0)));
        }
        return most;
    }

    private static Set<String> byBruteForce(List<MigProfile> offer) {
        MigProfile smallest = offer.stream()
                .filter(profile -> !profile.name().contains("+"))
                .min((one, other) -> Long.compare(one.memoryBytes(), other.memoryBytes()))
                .orElseThrow();
        Set<String> all = new TreeSet<>();
        for (MigProfile profile : offer) {
            int slices = profile.name().charAt(0) - '0';
            for (int size : SIZES.getOrDefault(slices, List.of())) {
                String slice = profile.name() + (size == slices ? "" : "/" + size + "c");
                for (int neighbours = 0; neighbours <= mostNeighbours(profile, smallest); neighbours++) {
                    all.add(
                            slice.equals(smallest.name())
                                    ? slice + ":" + (neighbours + 1)
                                    : neighbours == 0
                                            ? slice + ":1"
                                            : slice + "," + smallest.name()
                                                    + (neighbours == 1 ? "" : ":" + neighbours));
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource(Cards.class)
    void areAllThatCanBe(Cards card) {
        assertThat(texts(MigGeometry.all(card.offer())))
                .isEqualTo(byBruteForce(card.offer()))
                .hasSameSizeAs(MigGeometry.all(card.offer()));
    }

    /** So that nobody need believe either count alone. */
    @ParameterizedTest
    @CsvSource({"A30, 17", "A100_40, 65", "A100_80, 65", "H100_80, 65", "H200, 65", "B200, 65"})
    void areSoMany(Cards card, int count) {
        assertThat(MigGeometry.all(card.offer())).hasSize(count);
    }

    @Test
    void instancesAndComputeInstancesAreThoseWithoutNeighbours() {
        assertThat(texts(MigGeometry.gpuInstances(Cards.H200.offer())))
                .containsExactlyInAnyOrder(
                        "1g.18gb:1", "1g.18gb+me:1", "1g.35gb:1", "2g.35gb:1", "3g.71gb:1", "4g.71gb:1", "7g.141gb:1");
        assertThat(texts(MigGeometry.computeInstances(Cards.H200.offer())))
                .containsExactlyInAnyOrder(
                        "7g.141gb/1c:1", "7g.141gb/2c:1", "7g.141gb/3c:1", "7g.141gb/4c:1", "7g.141gb:1");
        assertThat(texts(MigGeometry.computeInstances(Cards.A30.offer())))
                .containsExactlyInAnyOrder("4g.24gb/1c:1", "4g.24gb/2c:1", "4g.24gb:1");
    }

    @Test
    void thereIsNoneOfAGpuWithoutMig() {
        assertThat(MigGeometry.all(List.of())).isEmpty();
        assertThat(MigGeometry.computeInstances(List.of())).isEmpty();
    }

    @Test
    void theFirstTenantHasTheSliceAndOthersAreBesideIt() {
        MigGeometry geometry = MigGeometry.all(Cards.H200.offer()).stream()
                .filter(each -> each.neighbours() == 2 && each.slice().text().equals("3g.71gb/2c"))
                .findFirst()
                .orElseThrow();

        assertThat(MigSeats.of(
                        geometry.layout(),
                        MigPlan.choose(geometry.layout(), 3, Cards.H200.offer(), List.of()),
                        3,
                        false))
                .hasSize(3)
                .doesNotHaveDuplicates();
    }
}
