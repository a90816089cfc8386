package io.gpushare.mode.mig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.MigPlacement;
import io.gpushare.mode.MigLayout;
import io.gpushare.mode.MigLayoutText;
import io.gpushare.mode.setup.ComputeInstance;
import io.gpushare.mode.setup.GpuInstance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class MigPlanTest {

    @ParameterizedTest
    @CsvSource({
        "A30, 1, 4g.24gb",
        "A30, 2, 2g.12gb",
        "A30, 3, 1g.6gb",
        "A30, 4, 1g.6gb",
        "A100_40, 1, 7g.40gb",
        "A100_40, 2, 3g.20gb",
        "A100_40, 3, 2g.10gb",
        "A100_40, 4, 1g.10gb",
        "A100_40, 5, 1g.5gb",
        "A100_80, 4, 1g.20gb",
        "A100_80, 7, 1g.10gb",
        "H100_80, 2, 3g.40gb",
        "H100_80, 4, 1g.20gb",
        "H200, 1, 7g.141gb",
        "H200, 2, 3g.71gb",
        "H200, 3, 2g.35gb",
        "H200, 4, 1g.35gb",
        "H200, 5, 1g.18gb",
        "H200, 7, 1g.18gb",
        "B200, 2, 3g.90gb",
        "B200, 4, 1g.45gb"
    })
    void balancedIsTheLargestThatFitsAll(Cards card, int tenants, String profile) {
        List<GpuInstance> chosen = MigPlan.choose(new MigLayout.Balanced(), tenants, card.offer(), List.of());
        assertThat(chosen)
                .hasSize(tenants)
                .allMatch(instance -> instance.profile().equals(profile));
        assertLegal(card, chosen);
    }

    @Test
    void aProfileAloneIsOneForEachTenant() {
        assertThat(profiles(choose(Cards.H200, 3, "2g.35gb"))).containsExactly("2g.35gb", "2g.35gb", "2g.35gb");
    }

    @Test
    void aProfileThatIsCutHoldsSeveralTenants() {
        assertThat(choose(Cards.H200, 6, "3g.71gb/1c+1c+1c")).hasSize(2);
        assertThat(choose(Cards.H200, 4, "3g.71gb/1c+1c+1c")).hasSize(2);
        assertThat(choose(Cards.H200, 3, "3g.71gb/1c+1c+1c")).hasSize(1);
    }

    /** With small ones at the first places that are free, a large one would find none. */
    @ParameterizedTest
    @CsvSource({
        "A100_40, '1g.5gb 1g.5gb 1g.5gb 1g.5gb 3g.20gb', '0 1 2 3 4'",
        "A100_40, '3g.20gb 1g.5gb 1g.5gb 1g.5gb 1g.5gb', '4 0 1 2 3'",
        "A100_40, '1g.5gb 4g.20gb 2g.10gb', '6 0 4'",
        "A100_40, '2g.10gb 3g.20gb 2g.10gb', '0 4 2'",
        "A100_80, '1g.10gb 1g.10gb 1g.10gb 4g.40gb', '4 5 6 0'",
        "H200, '1g.18gb 3g.71gb 2g.35gb 1g.18gb', '2 4 0 3'",
        "A30, '1g.6gb 1g.6gb 2g.12gb', '2 3 0'",
        "B200, '1g.45gb 3g.90gb 3g.90gb', ''",
        "H100_80, '1g.20gb 2g.20gb 2g.20gb 2g.20gb', '6 0 2 4'"
    })
    void findsPlacesInAnyOrderOfNames(Cards card, String names, String starts) {
        List<String> parts = Arrays.asList(names.split(" ", -1));
        if (starts.isEmpty()) {
            assertThatThrownBy(() -> choose(card, parts.size(), names)).hasMessageContaining("cannot be divided");
            return;
        }
        List<GpuInstance> chosen = choose(card, parts.size(), names);
        assertThat(profiles(chosen)).containsExactlyElementsOf(parts);
        assertThat(starts(chosen)).isEqualTo(starts);
        assertLegal(card, chosen);
    }

    /** Against a search that tries everything: whatever fits is found, and nothing else. */
    @ParameterizedTest
    @EnumSource(Cards.class)
    void findsAPlaceWheneverThereIsOne(Cards card) {
        List<String> names =
                card.offer().stream().map(profile -> profile.name()).toList();
        int fitting = 0;
        for (String first : names) {
            for (String second : names) {
                for (String third : names) {
                    List<String> wanted = List.of(first, second, third);
                    boolean fits = fitsSomehow(card, wanted, 0);
                    if (fits) {
                        fitting++;
                        assertLegal(card, choose(card, 3, String.join(" ", wanted)));
                    } else {
                        assertThatThrownBy(() -> choose(card, 3, String.join(" ", wanted)))
                                .isInstanceOf(GpushareException.class);
                    }
                }
            }
        }
        assertThat(fitting).isBetween(10, names.size() * names.size() * names.size());
    }

    @Test
    void whatIsThereAlreadyStaysWhereItIs() {
        List<GpuInstance> present =
                List.of(instance("1g.18gb", 5, 1), instance("3g.71gb", 0, 4), instance("1g.18gb", 6, 1));
        List<GpuInstance> chosen = MigPlan.choose(layout("1g.18gb 1g.18gb 3g.71gb"), 3, Cards.H200.offer(), present);
        assertThat(chosen).containsExactly(present.get(0), present.get(2), present.get(1));
    }

    @Test
    void asManyAsPossibleStay() {
        List<GpuInstance> present =
                List.of(instance("1g.18gb", 0, 1), instance("1g.18gb", 4, 1), instance("1g.18gb", 5, 1));
        List<GpuInstance> chosen = MigPlan.choose(layout("3g.71gb 1g.18gb 1g.18gb"), 3, Cards.H200.offer(), present);
        assertThat(chosen).containsExactly(instance("3g.71gb", 0, 4), present.get(1), present.get(2));
    }

    @Test
    void balancedKeepsWhatIsRight() {
        List<GpuInstance> present = List.of(instance("1g.35gb", 2, 2), instance("1g.35gb", 6, 2));
        List<GpuInstance> chosen = MigPlan.choose(new MigLayout.Balanced(), 4, Cards.H200.offer(), present);
        assertThat(chosen).containsAll(present);
    }

    @Test
    void otherComputeInstancesAreNotWhatIsWanted() {
        GpuInstance cut = new GpuInstance(
                "3g.71gb", new MigPlacement(4, 4), List.of(new ComputeInstance(1, 0), new ComputeInstance(1, 1)));
        assertThat(MigPlan.choose(layout("3g.71gb:1"), 1, Cards.H200.offer(), List.of(cut)))
                .containsExactly(whole("3g.71gb", 0, 4, 3));
        assertThat(MigPlan.choose(layout("3g.71gb/1c+1c:1"), 1, Cards.H200.offer(), List.of(cut)))
                .containsExactly(cut);
    }

    @ParameterizedTest
    @CsvSource({
        "3g.71gb/1c+2c:1, '2@0 1@2'",
        "3g.71gb/1c+1c:1, '1@0 1@1'",
        "4g.71gb/2c+1c+1c:1, '2@0 1@2 1@3'",
        "7g.141gb/3c+4c:1, '4@0 3@4'",
        "7g.141gb/1c+2c+2c+2c:1, '2@0 2@2 2@4 1@6'",
        "2g.35gb/2c:1, '2@0'"
    })
    void placesComputeInstancesAtTheBordersOfTheHardware(String layout, String places) {
        List<ComputeInstance> parts = choose(Cards.H200, 1, layout).getFirst().computeInstances();
        assertThat(parts.stream()
                        .map(part -> part.slices() + "@" + part.start())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(places);
    }

    @ParameterizedTest
    @CsvSource({
        "3g.71gb/2c+2c:1, '3g.71gb has 3 slices, and 2c+2c need 4'",
        "4g.71gb/3c+1c:1, '4g.71gb has no compute instance of 3 slices'",
        "1g.18gb/2c:1, '1g.18gb has no compute instance of 2 slices'",
        "7g.141gb/5c:1, '1c, 2c, 3c, 4c, 7c'",
        "7g.141gb/3c+3c+1c:1, ''"
    })
    void saysWhichComputeInstancesCanBe(String layout, String words) {
        if (words.isEmpty()) {
            assertThat(choose(Cards.H200, 1, layout).getFirst().computeInstances())
                    .hasSize(3);
            return;
        }
        assertThatThrownBy(() -> choose(Cards.H200, 1, layout))
                .isInstanceOfSatisfying(
                        GpushareException.class,
                        refused -> assertThat(told(refused)).contains(words));
    }

    @ParameterizedTest
    @CsvSource({
        "H200, 1g.5gb, On this card 1g.5gb is called 1g.18gb.",
        "H200, 1g.20gb, On this card 1g.20gb is called 1g.35gb.",
        "H200, 3g.40gb, is called 3g.71gb.",
        "A100_40, 7g.80gb, is called 7g.40gb.",
        "A30, 2g.35gb, is called 2g.12gb.",
        "H200, 3g.17gb, Did you mean 3g.71gb",
        "A30, 3g.20gb, 'It has 4 × 1g.6gb, 1 × 1g.6gb+me, 2 × 2g.12gb, 1 × 4g.24gb.'",
        "H200, 9g.999gb, It has 7 × 1g.18gb"
    })
    void anUnknownNameBringsThoseThereAre(Cards card, String name, String words) {
        assertThatThrownBy(() -> choose(card, 1, name + ":1"))
                .isInstanceOfSatisfying(GpushareException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(ExitStatus.UNABLE);
                    assertThat(refused.sentence()).isEqualTo("this GPU has no MIG profile " + name);
                    assertThat(told(refused)).contains(words);
                });
    }

    @Test
    void whatDoesNotFitBringsWhatWould() {
        assertThatThrownBy(() -> choose(Cards.H200, 3, "3g.71gb 3g.71gb 1g.18gb"))
                .isInstanceOfSatisfying(GpushareException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(ExitStatus.UNABLE);
                    assertThat(told(refused))
                            .contains("cannot be divided into 2 × 3g.71gb, 1g.18gb")
                            .contains("Of these, 2 × 3g.71gb would fit.")
                            .contains("For 3 tenants alike the largest is 2g.35gb.");
                });
        assertThatThrownBy(() -> MigPlan.choose(new MigLayout.Balanced(), 8, Cards.H200.offer(), List.of()))
                .isInstanceOfSatisfying(
                        GpushareException.class,
                        refused ->
                                assertThat(told(refused)).contains("cannot be divided among 8 tenants", "7 × 1g.18gb"));
    }

    @Test
    void onlyOneInstanceHasTheMediaEngines() {
        assertThat(choose(Cards.H200, 2, "1g.18gb+me 1g.18gb")).hasSize(2);
        assertThatThrownBy(() -> choose(Cards.H200, 2, "1g.18gb+me 1g.18gb+me"))
                .hasMessageContaining("cannot be divided into 2 × 1g.18gb+me");
    }

    @Test
    void aCardWithoutMigSaysSo() {
        assertThatThrownBy(() -> MigPlan.choose(new MigLayout.Balanced(), 2, List.of(), List.of()))
                .isInstanceOfSatisfying(
                        GpushareException.class,
                        refused -> assertThat(refused.status()).isEqualTo(ExitStatus.UNABLE))
                .hasMessageContaining("has no MIG");
    }

    private static boolean fitsSomehow(Cards card, List<String> names, int taken) {
        if (names.isEmpty()) {
            return true;
        }
        String name = names.getFirst();
        List<String> rest = names.subList(1, names.size());
        return card.offer().stream()
                .filter(profile -> profile.name().equals(name))
                .filter(profile -> Collections.frequency(names, name) <= profile.maxInstances())
                .flatMap(profile -> profile.placements().stream())
                .anyMatch(place -> (taken & mask(place)) == 0 && fitsSomehow(card, rest, taken | mask(place)));
    }

    private static void assertLegal(Cards card, List<GpuInstance> chosen) {
        int taken = 0;
        for (GpuInstance instance : chosen) {
            assertThat(card.offer())
                    .anyMatch(profile -> profile.name().equals(instance.profile())
                            && profile.placements().contains(instance.placement()));
            assertThat(taken & mask(instance.placement()))
                    .as("overlap in " + chosen)
                    .isZero();
            taken |= mask(instance.placement());
        }
    }

    private static int mask(MigPlacement place) {
        return ((1 << place.size()) - 1) << place.start();
    }

    private static List<GpuInstance> choose(Cards card, int tenants, String names) {
        return MigPlan.choose(layout(names), tenants, card.offer(), List.of());
    }

    private static MigLayout layout(String names) {
        return MigLayoutText.parse(new ArrayList<>(Arrays.asList(names.split(" ", -1))));
    }

    private static GpuInstance instance(String profile, int start, int size) {
        return whole(profile, start, size, GpuInstance.slices(profile));
    }

    private static GpuInstance whole(String profile, int start, int size, int slices) {
        return new GpuInstance(profile, new MigPlacement(start, size), List.of(new ComputeInstance(slices, 0)));
    }

    private static List<String> profiles(List<GpuInstance> chosen) {
        return chosen.stream().map(GpuInstance::profile).toList();
    }

    private static String starts(List<GpuInstance> chosen) {
        return chosen.stream()
                .map(instance -> String.valueOf(instance.placement().start()))
                .collect(Collectors.joining(" "));
    }

    private static String told(GpushareException refused) {
        return refused.sentence() + " " + refused.advice().orElse("");
    }
}
