package io.gpushare.mode.mig;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.MigPlacement;
import io.gpushare.gpu.MigProfile;
import io.gpushare.mode.SharingMode;
import io.gpushare.mode.config.MigPartedFile;
import io.gpushare.mode.setup.ComputeInstance;
import io.gpushare.mode.setup.GpuInstance;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a file of mig-parted counts becomes the division that mig-parted itself makes of it, or is refused where
 * that fails. It creates compute instances one after another, each in the GPU instance of the one before where that is
 * of the same profile and has room, else in a new one; and where that does not fit, it tries other orders.
 */
final class MigPartedLayoutsTest {
    private static final int MOST_SLICES = 7;
    private static final Map<Integer, List<Integer>> SIZES = Map.of(
            1, List.of(1),
            2, List.of(1, 2),
            3, List.of(1, 2, 3),
            4, List.of(1, 2, 4),
            7, List.of(1, 2, 3, 4, 7));

    @TempDir
    Path folder;

    /** One kind of compute instance: of so many slices, in a GPU instance of a profile. */
    private record Kind(MigProfile profile, int size) {
        int slices() {
            return GpuInstance.slices(profile.name());
        }

        String name() {
            return (size == slices() ? "" : size + "c.") + profile.name();
        }
    }

    private record Built(MigProfile profile, List<Integer> sizes) {
        boolean hasRoomFor(Kind kind) {
            int taken = sizes.stream().mapToInt(Integer::intValue).sum();
            return profile.equals(kind.profile()) && taken + kind.size() <= kind.slices();
        }

        String words() {
            return profile.name()
                    + sizes.stream().sorted(Comparator.reverseOrder()).toList();
        }
    }

    @ParameterizedTest
    @EnumSource
    void areThoseOfMigParted(Cards card) throws IOException {
        List<MigProfile> offer = card.offer();
        List<List<Kind>> configurations = configurations(offer);
        MigPartedFile file = file(configurations);
        int possible = 0;
        for (int label = 0; label < configurations.size(); label++) {
            List<Kind> wanted = configurations.get(label);
            Optional<List<String>> theirs = theirs(wanted);
            assertThat(ours(file, "c" + label, offer))
                    .as(card + " " + wanted.stream().map(Kind::name).toList())
                    .isEqualTo(theirs);
            possible += theirs.isPresent() ? 1 : 0;
        }
        assertThat(possible).as("that can be").isBetween(20, configurations.size() - 20);
    }

    /** All with up to three kinds and as many slices as a card has. */
    private static List<List<Kind>> configurations(List<MigProfile> offer) {
        List<Kind> kinds = offer.stream()
                .flatMap(profile -> SIZES.getOrDefault(GpuInstance.slices(profile.name()), List.of()).stream()
                        .map(size -> new Kind(profile, size)))
                .toList();
        List<List<Kind>> all = new ArrayList<>();
        add(all, kinds, 0, List.of(), 0);
        return all;
    }

    private static void add(List<List<Kind>> all, List<Kind> kinds, int from, List<Kind> so, int kindsSoFar) {
        for (int index = from; index < kinds.size() && kindsSoFar < 3; index++) {
            Kind kind = kinds.get(index);
            List<Kind> more = new ArrayList<>(so);
            for (more.add(kind); slices(more) <= MOST_SLICES; more.add(kind)) {
                all.add(List.copyOf(more));
                add(all, kinds, index + 1, List.copyOf(more), kindsSoFar + 1);
            }
        }
    }

    private static int slices(List<Kind> kinds) {
        return kinds.stream().mapToInt(Kind::size).sum();
    }

    private MigPartedFile file(List<List<Kind>> configurations) throws IOException {
        StringBuilder yaml = new StringBuilder("version: v1\nmig-configs:\n");
        for (int label = 0; label < configurations.size(); label++) {
            Map<String, Integer> counts = new LinkedHashMap<>();
            configurations.get(label).forEach(kind -> counts.merge(kind.name(), 1, Integer::sum));
            yaml.append("  c").append(label).append(": [{devices: all, mig-enabled: true, mig-devices: {");
            counts.forEach((name, count) ->
                    yaml.append('"').append(name).append("\": ").append(count).append(", "));
            yaml.append("}}]\n");
        }
        return MigPartedFile.read(Files.writeString(folder.resolve("config.yaml"), yaml));
    }

    private static Optional<List<String>> ours(MigPartedFile file, String label, List<MigProfile> offer) {
        SharingMode mode = file.mode(
                        Optional.of(label), new MigPartedFile.Card(0, Reading.absent(Absence.Kind.NOT_SUPPORTED), true))
                .orElseThrow();
        try {
            return Optional.of(MigPlan.choose(((SharingMode.Mig) mode).layout(), 1, offer, List.of()).stream()
                    .map(instance -> new Built(
                            profile(instance.profile(), offer),
                            instance.computeInstances().stream()
                                    .map(ComputeInstance::slices)
                                    .toList()))
                    .map(Built::words)
                    .sorted()
                    .toList());
        } catch (GpushareException refused) {
            return Optional.empty();
        }
    }

    private static MigProfile profile(String name, List<MigProfile> offer) {
        return offer.stream()
                .filter(profile -> profile.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<List<String>> theirs(List<Kind> wanted) {
        List<Kind> sorted = wanted.stream()
                .sorted(Comparator.comparingInt(Kind::slices)
                        .thenComparingInt(Kind::size)
                        .thenComparing(kind -> kind.profile().name().endsWith("+me"))
                        .reversed())
                .toList();
        return firstThatFits(new ArrayList<>(sorted), 0)
                .map(built -> built.stream().map(Built::words).sorted().toList());
    }

    private static Optional<List<Built>> firstThatFits(List<Kind> order, int from) {
        if (from == order.size()) {
            List<Built> built = built(order);
            return fits(built) ? Optional.of(built) : Optional.empty();
        }
        for (int other = from; other < order.size(); other++) {
            if (!order.subList(from, other).contains(order.get(other))) {
                Collections.swap(order, from, other);
                Optional<List<Built>> found = firstThatFits(order, from + 1);
                if (found.isPresent()) {
                    return found;
                }
                Collections.swap(order, from, other);
            }
        }
        return Optional.empty();
    }

    private static List<Built> built(List<Kind> order) {
        List<Built> built = new ArrayList<>();
        for (Kind kind : order) {
            if (built.isEmpty() || !built.getLast().hasRoomFor(kind)) {
                built.add(new Built(kind.profile(), new ArrayList<>()));
            }
            built.getLast().sizes().add(kind.size());
        }
        return built;
    }

    private static boolean fits(List<Built> built) {
        boolean tooMany = built.stream()
                .map(Built::profile)
                .anyMatch(profile -> built.stream()
                                .filter(other -> other.profile().equals(profile))
                                .count()
                        > profile.maxInstances());
        return !tooMany && placed(built, 0, List.of());
    }

    private static boolean placed(List<Built> built, int index, List<MigPlacement> taken) {
        return index == built.size()
                || built.get(index).profile().placements().stream()
                        .filter(place -> taken.stream().noneMatch(other -> overlap(place, other)))
                        .anyMatch(place -> {
                            List<MigPlacement> more = new ArrayList<>(taken);
                            more.add(place);
                            return placed(built, index + 1, more);
                        });
    }

    private static boolean overlap(MigPlacement one, MigPlacement other) {
        return one.start() < other.start() + other.size() && other.start() < one.start() + one.size();
    }
}
