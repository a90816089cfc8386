package io.gpushare.mode.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.mode.MigLayout;
import io.gpushare.mode.MigSlice;
import io.gpushare.mode.ModeKind;
import io.gpushare.mode.SharingMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files in gpu-configs, against the shapes of the cards that they are for. */
final class ShippedModesTest {
    private static final Path FOLDER = Path.of("gpu-configs");

    /** Slices of memory with the first slices at which they can begin, as the driver lists them. */
    private record Shape(int width, List<Integer> starts) {}

    private static final List<Integer> ANYWHERE = List.of(0, 1, 2, 3, 4, 5, 6);

    /** @param memory in the names of a seventh, of its double, of two, of three, of four sevenths, and of all */
    private static Map<String, Shape> sevenths(int... memory) {
        return Map.of(
                "1g.%dgb".formatted(memory[0]), new Shape(1, ANYWHERE),
                "1g.%dgb".formatted(memory[1]), new Shape(2, List.of(0, 2, 4, 6)),
                "2g.%dgb".formatted(memory[1]), new Shape(2, List.of(0, 2, 4)),
                "3g.%dgb".formatted(memory[2]), new Shape(4, List.of(0, 4)),
                "4g.%dgb".formatted(memory[2]), new Shape(4, List.of(0)),
                "7g.%dgb".formatted(memory[3]), new Shape(8, List.of(0)));
    }

    private static final Map<String, Map<String, Shape>> CARDS = Map.of(
            "a30",
            Map.of(
                    "1g.6gb", new Shape(1, List.of(0, 1, 2, 3)),
                    "2g.12gb", new Shape(2, List.of(0, 2)),
                    "4g.24gb", new Shape(4, List.of(0))),
            "a100",
            sevenths(5, 10, 20, 40),
            "a100-80",
            sevenths(10, 20, 40, 80),
            "h100",
            sevenths(10, 20, 40, 80),
            "h200",
            sevenths(18, 35, 71, 141),
            "b200",
            sevenths(23, 45, 90, 180));

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static String nameOf(Path file) {
        return file.getFileName().toString().replace(".yaml", "");
    }

    @ParameterizedTest
    @MethodSource("files")
    void saysWhenToUseIt(Path file) {
        assertThat(ModeFile.read(file).description().orElseThrow())
                .hasSizeBetween(20, 300)
                .endsWith(".");
    }

    @ParameterizedTest
    @MethodSource("files")
    void isNamedAfterItsKind(Path file) {
        SharingMode mode = ModeFile.read(file).mode();
        assertThat(nameOf(file).replaceFirst("^all-1g-", "mig-"))
                .startsWith(mode.kind().toString());
    }

    @ParameterizedTest
    @MethodSource("files")
    void fitsTheCardInItsName(Path file) {
        if (!(ModeFile.read(file).mode() instanceof SharingMode.Mig(MigLayout layout, var _))) {
            return;
        }
        String card = nameOf(file).replaceFirst("^.*-(?=[a-z]\\d+(-80)?$)", "");
        assertThat(layout).isInstanceOfSatisfying(MigLayout.Slices.class, slices -> {
            List<Optional<Shape>> shapes = slices.slices().stream()
                    .map(MigSlice::profile)
                    .map(profile -> Optional.ofNullable(
                            CARDS.getOrDefault(card, Map.of()).get(profile)))
                    .toList();
            assertThat(shapes).allMatch(Optional::isPresent);
            assertThat(fit(shapes.stream().flatMap(Optional::stream).toList(), 0))
                    .isTrue();
        });
    }

    /** Whether they can be placed beside what is taken. */
    private static boolean fit(List<Shape> shapes, int taken) {
        if (shapes.isEmpty()) {
            return true;
        }
        Shape first = shapes.getFirst();
        return first.starts().stream()
                .map(start -> ((1 << first.width()) - 1) << start)
                .anyMatch(mask -> (taken & mask) == 0 && fit(shapes.subList(1, shapes.size()), taken | mask));
    }

    @Test
    void thereAreSomeOfEachKindThatHasSettings() throws IOException {
        assertThat(files().stream().map(file -> ModeFile.read(file).mode().kind()))
                .contains(ModeKind.TIME_SLICING, ModeKind.MPS, ModeKind.MIG);
    }
}
