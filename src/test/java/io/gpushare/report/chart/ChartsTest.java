package io.gpushare.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gpushare.failure.GpushareException;
import io.gpushare.mode.ModeKind;
import io.gpushare.report.ModeColour;
import io.gpushare.report.Report;
import io.gpushare.report.Report.ShownRun;
import io.gpushare.study.Family;
import io.gpushare.study.InterferenceMatrix;
import io.gpushare.study.InterferenceMatrix.Cell;
import io.gpushare.study.Section;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.metric.Estimate;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ChartsTest {
    @TempDir
    Path folder;

    static Stream<Report> studies() {
        return Stream.of(
                ChartStudies.usual(false),
                ChartStudies.usual(true),
                inTurnAndTogether("2 × bert-infer + 2 × stream"),
                ChartStudies.of(ChartStudies.single()),
                ChartStudies.of(ChartStudies.crowded(1, 2)),
                ChartStudies.of(ChartStudies.crowded(12, 64)),
                ChartStudies.of(ChartStudies.crowded(30, 64)));
    }

    @Test
    void writesEveryPictureThatThereIsDataFor() throws IOException {
        List<Path> written = Charts.write(ChartStudies.usual(false), folder.resolve("new"));

        assertThat(written)
                .containsExactlyInAnyOrderElementsOf(filesIn(folder.resolve("new")))
                .extracting(file -> file.getFileName().toString())
                .containsExactly(
                        "mode_comparison.png",
                        "utilization_timeline.png",
                        "latency_distribution.png",
                        "scaling.png",
                        "interference.png",
                        "pareto.png");
        for (Path file : written) {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(Files.readAllBytes(file)));
            assertThat(image.getWidth()).isEqualTo(1600);
            assertThat(image.getHeight()).isBetween(450, 900);
        }
    }

    @Test
    void writesNothingWhereThereIsNothingToDraw() throws IOException {
        assertThat(Charts.write(ChartStudies.of(), folder)).isEmpty();
        assertThat(Charts.write(ChartStudies.of(ChartStudies.section(List.of(), List.of())), folder))
                .isEmpty();
        assertThat(filesIn(folder)).isEmpty();
    }

    @Test
    void takesAwayWhatAnEarlierAnalysisDrewAndLeavesTheRest() throws IOException {
        Charts.write(ChartStudies.usual(false), folder);
        Path mine = Files.writeString(folder.resolve("mine.png"), "mine");

        List<Path> written = Charts.write(ChartStudies.of(ChartStudies.single()), folder);

        assertThat(written).containsExactly(folder.resolve("latency_distribution.png"));
        assertThat(filesIn(folder)).containsExactlyInAnyOrder(folder.resolve("latency_distribution.png"), mine);
    }

    @Test
    void oneWayOfSharingIsNotCompared() {
        assertThat(Charts.draw(ChartStudies.of(ChartStudies.single()))).containsOnlyKeys("latency_distribution.png");
    }

    @Test
    void simulatedAndMeasuredRunsGetPicturesOfTheirOwn() {
        Section measured = ChartStudies.usual(false).study().sections().getFirst();
        Section simulated = ChartStudies.usual(true).study().sections().getFirst();

        Map<String, Picture> pictures = Charts.draw(ChartStudies.of(simulated, measured, simulated));

        assertThat(pictures).containsKeys("scaling.png", "scaling-simulated-h200.png", "scaling-simulated-h200-2.png");
        assertThat(wordsOf(one(pictures, "scaling.png"))).anyMatch(words -> words.endsWith("· NVIDIA H200"));
        assertThat(wordsOf(one(pictures, "scaling-simulated-h200.png")))
                .anyMatch(words -> words.endsWith("· simulated NVIDIA H200"));
    }

    @Test
    void aSmokeTestWithoutAGpuTakesNoNamesAndHasNoGpuToShow() {
        Section simulated = ChartStudies.usual(true).study().sections().getFirst();
        Section none = new Section(
                "no GPU",
                false,
                1,
                List.of(),
                List.of(),
                simulated.families(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        ShownRun shown = ChartStudies.shown(1, "2 × spin", ChartStudies.TIME_SLICING, 1, false);

        Map<String, Picture> pictures =
                Charts.draw(ChartStudies.report(List.of(), List.of(simulated, none), List.of(shown)));

        assertThat(pictures).containsKeys("scaling.png", "scaling-no-gpu.png");
        assertThat(wordsOf(one(pictures, "scaling.png"))).anyMatch(words -> words.endsWith("· simulated NVIDIA H200"));
        assertThat(pictures.keySet()).noneMatch(name -> name.startsWith("utilization_timeline"));
    }

    @Test
    void simulatedPicturesAreMarkedAllAcross() {
        Map<String, Picture> measured = Charts.draw(ChartStudies.usual(false));

        Charts.draw(ChartStudies.usual(true)).forEach((name, picture) -> {
            // The words in title and caption differ too, but lie above and below this.
            List<Integer> changed = new ArrayList<>();
            for (int x = 0; x < Picture.WIDTH; x++) {
                for (int y = 130; y < 820; y++) {
                    if (picture.image().getRGB(x, y)
                            != one(measured, name).image().getRGB(x, y)) {
                        changed.add(x);
                    }
                }
            }
            assertThat(changed).as(name).hasSizeGreaterThan(30_000);
            assertThat(changed.stream().mapToInt(x -> x).min().orElseThrow())
                    .as(name)
                    .isLessThan(400);
            assertThat(changed.stream().mapToInt(x -> x).max().orElseThrow())
                    .as(name)
                    .isGreaterThan(1200);
        });
    }

    @Test
    void theMarkHidesNothing() {
        Map<String, Picture> measured = Charts.draw(ChartStudies.usual(false));
        Map<String, Picture> simulated = Charts.draw(ChartStudies.usual(true));
        int worst = 0;
        for (int x = 100; x < 1500; x++) {
            for (int y = 130; y < 820; y++) {
                Color plain =
                        new Color(one(measured, "mode_comparison.png").image().getRGB(x, y));
                Color marked =
                        new Color(one(simulated, "mode_comparison.png").image().getRGB(x, y));
                worst = Math.max(worst, Math.abs(plain.getGreen() - marked.getGreen()));
            }
        }
        assertThat(worst).isBetween(10, 40);
    }

    @Test
    void theColourOfAModeIsTheSameInEveryPicture() {
        Map<String, Picture> pictures = Charts.draw(ChartStudies.usual(false));

        for (ModeKind mode : List.of(ModeKind.TIME_SLICING, ModeKind.MPS)) {
            pictures.forEach((name, picture) -> assertThat(pixels(picture, Color.decode(ModeColour.hex(mode))))
                    .as(mode + " in " + name)
                    .isGreaterThan(150));
        }
        for (String without : List.of("utilization_timeline.png", "interference.png")) {
            assertThat(pixels(one(pictures, without), Color.decode(ModeColour.hex(ModeKind.MIG))))
                    .isZero();
        }
    }

    @Test
    void settingsOfOneModeDoNotLookAlike() {
        ArmStyles looks =
                new ArmStyles(ChartStudies.usual(false).study().sections().getFirst());

        assertThat(looks.of(ChartStudies.MPS).colour()).isEqualTo(Color.decode(ModeColour.hex(ModeKind.MPS)));
        assertThat(Stream.of(ChartStudies.MPS, ChartStudies.MPS_LOW, ChartStudies.MPS_HALF)
                        .map(looks::of)
                        .map(look -> List.of(
                                look.colour(), Arrays.toString(look.stroke().getDashArray())))
                        .distinct())
                .hasSize(3);
    }

    @Test
    void theSameStudyGivesTheSameBytes() throws IOException {
        List<Path> first = Charts.write(ChartStudies.usual(true), folder.resolve("1"));
        Charts.write(ChartStudies.of(ChartStudies.crowded(12, 8)), folder.resolve("between"));
        List<Path> second = Charts.write(ChartStudies.usual(true), folder.resolve("2"));

        for (int i = 0; i < first.size(); i++) {
            assertThat(second.get(i)).hasSameBinaryContentAs(first.get(i));
        }
    }

    @ParameterizedTest
    @MethodSource("studies")
    void noTextLeavesThePictureOrTouchesAnother(Report report) {
        Rectangle2D paper = new Rectangle2D.Double(0, 0, Picture.WIDTH, Picture.HEIGHT);
        Charts.draw(report).forEach((name, picture) -> {
            List<Picture.Text> texts = picture.texts();
            for (int i = 0; i < texts.size(); i++) {
                Picture.Text text = texts.get(i);
                assertThat(paper.contains(text.bounds()))
                        .as("%s lies inside of %s", text, name)
                        .isTrue();
                for (Picture.Text other : texts.subList(i + 1, texts.size())) {
                    assertThat(text.bounds().intersects(other.bounds()))
                            .as("%s over %s in %s", text, other, name)
                            .isFalse();
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("studies")
    void noLegendLiesOverData(Report report) {
        Charts.draw(report).forEach((name, picture) -> {
            for (Rectangle2D legend : picture.legends()) {
                assertThat(picture.plots()).as(name).isNotEmpty().noneMatch(plot -> plot.intersects(legend));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("studies")
    void plotsDoNotLieOverEachOther(Report report) {
        Charts.draw(report).forEach((name, picture) -> {
            List<Rectangle2D> plots = picture.plots();
            for (int i = 0; i < plots.size(); i++) {
                Rectangle2D plot = plots.get(i);
                assertThat(plot.getHeight()).as(name).isGreaterThan(25);
                assertThat(plots.subList(i + 1, plots.size())).as(name).noneMatch(plot::intersects);
            }
        });
    }

    @Test
    @Timeout(20)
    void aThousandWaysOfSharingAreDrawnInTime() {
        long before = System.nanoTime();
        Map<String, Picture> pictures = Charts.draw(ChartStudies.of(ChartStudies.crowded(1000, 64)));

        assertThat(wordsOf(one(pictures, "mode_comparison.png"))).anyMatch(words -> words.contains("982 more"));
        assertThat(wordsOf(one(pictures, "latency_distribution.png")))
                .anyMatch(words -> words.startsWith("11 of 999 ways of sharing are shown"));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void aCaptionTellsGpuDriverAndHowManyRuns() {
        Map<String, Picture> pictures = Charts.draw(ChartStudies.usual(false));

        assertThat(wordsOf(one(pictures, "mode_comparison.png")))
                .anyMatch(words -> words.startsWith("NVIDIA H200 · driver 580.159.04 · n = 1 to 3 runs · bars: mean"));
        assertThat(wordsOf(one(pictures, "interference.png")))
                .anyMatch(words -> words.startsWith("NVIDIA H200 · driver 580.159.04 · n = 3 runs each"));
    }

    @Test
    void aCellThatWasNotRunSaysSo() {
        Picture picture = one(Charts.draw(ChartStudies.usual(false)), "interference.png");

        assertThat(wordsOf(picture)).filteredOn("–"::equals).hasSize(2);
        assertThat(wordsOf(picture)).anyMatch(words -> words.endsWith("– is not known"));
        assertThat(wordsOf(picture)).contains("11.8×", "1.02×");
    }

    /** A run of 34 seconds beside two of 10. */
    private static Report inTurnAndTogether(String mix) {
        return ChartStudies.report(
                List.of(),
                ChartStudies.usual(false).study().sections(),
                List.of(
                        ChartStudies.inTurn(mix),
                        ChartStudies.shown(0, mix, ChartStudies.TIME_SLICING, 1, false),
                        ChartStudies.shown(0, mix, ChartStudies.MPS, 2, false)));
    }

    @Test
    void aRunThatTakesLongerLeavesTheOthersNotEmpty() {
        Picture picture = one(Charts.draw(inTurnAndTogether("4 × bert-infer")), "utilization_timeline.png");

        List<Rectangle2D> lowest = picture.plots().stream()
                .filter(plot -> plot.getMaxY()
                        > picture.plots().stream()
                                        .mapToDouble(Rectangle2D::getMaxY)
                                        .max()
                                        .orElseThrow()
                                - 1)
                .toList();
        assertThat(lowest).hasSize(3);
        for (Rectangle2D plot : lowest) {
            assertThat(pixels(picture, right(plot), Ink.BAND)).isGreaterThan(2000);
        }
        assertThat(wordsOf(picture)).anyMatch(words -> words.contains("on an axis of its own for each run"));
        assertThat(wordsOf(one(Charts.draw(ChartStudies.usual(false)), "utilization_timeline.png")))
                .noneMatch(words -> words.contains("axis of its own"));
    }

    private static Rectangle2D right(Rectangle2D plot) {
        return new Rectangle2D.Double(
                plot.getCenterX() + plot.getWidth() / 4, plot.getY(), plot.getWidth() / 4, plot.getHeight());
    }

    @Test
    void phasesAreNamedAlsoWhereTenantsTakeTurns() {
        List<String> words = wordsOf(one(Charts.draw(inTurnAndTogether("4 × bert-infer")), "utilization_timeline.png"));

        assertThat(words).contains("phase", "0", "1", "2", "3").contains("measured");
    }

    @Test
    void aLongMixIsNotCutInTheTimeline() {
        String mix = "1 × notebook + 2 × bert-infer + 1 × resnet-infer + 1 × resnet-train[batch=128,image-size=224]"
                + " + 1 × llm-decode + 1 × matmul-burn";
        Picture picture = one(Charts.draw(inTurnAndTogether(mix)), "utilization_timeline.png");

        assertThat(String.join(" ", wordsOf(picture)).replace("  ", " ")).contains(mix + ": what the GPU did");
        assertThat(wordsOf(picture)).noneMatch(words -> words.contains("…"));
    }

    @Test
    void aColumnOfBarsIsOneMeasureInAllMixes() {
        Map<String, Estimate> worst = Map.of(
                "stp", ChartStudies.estimate("stp", "", List.of(1.5)),
                "worst_slowdown", ChartStudies.estimate("worst_slowdown", "×", List.of(2.0)));
        Map<String, Estimate> withTail = new HashMap<>(worst);
        withTail.put("worst_p90_slowdown", ChartStudies.estimate("worst_p90_slowdown", "×", List.of(3.0)));
        Picture picture = one(
                Charts.draw(ChartStudies.of(ChartStudies.section(
                        List.of(new Family(
                                "x", List.of(mixOf("2 × x", withTail), mixOf("3 × x", worst)), Map.of(), List.of())),
                        List.of()))),
                "mode_comparison.png");

        assertThat(wordsOf(picture))
                .filteredOn(words -> words.startsWith("Worst"))
                .containsExactly("Worst slowdown, ×", "Worst slowdown, ×");
    }

    private static MixStudy mixOf(String words, Map<String, Estimate> estimates) {
        return ChartStudies.mix(
                words,
                List.of("x"),
                Stream.of(ChartStudies.TIME_SLICING, ChartStudies.MPS)
                        .map(key -> new Arm(
                                key,
                                key.label(),
                                List.of(ChartStudies.run(key.mode(), Map.of())),
                                List.of(),
                                estimates,
                                Map.of()))
                        .toArray(Arm[]::new));
    }

    @Test
    void aPictureWithLittleToShowIsLower() {
        Family family = new Family(
                "x",
                List.of(ChartStudies.mix(
                        "2 × x",
                        List.of("x"),
                        ChartStudies.arm(ChartStudies.TIME_SLICING, List.of(1.0), List.of(1.0), List.of(0.5), 3),
                        ChartStudies.arm(ChartStudies.MPS, List.of(2.0), List.of(1.0), List.of(1.0), 3))),
                Map.of(),
                List.of());
        Picture picture = one(
                Charts.draw(ChartStudies.of(ChartStudies.section(List.of(family), List.of()))), "mode_comparison.png");

        double plots =
                picture.plots().stream().mapToDouble(Rectangle2D::getMaxY).max().orElseThrow();
        assertThat(picture.image().getHeight()).isLessThan(500);
        assertThat(picture.image().getHeight() - plots).isLessThan(120);
        assertThat(picture.texts())
                .allMatch(text -> text.bounds().getMaxY() < picture.image().getHeight());
    }

    @Test
    void aCellMeansTheSamePairInEveryMap() {
        List<List<Optional<Cell>>> small = List.of(
                List.of(Optional.of(new Cell(1.5, 1)), Optional.of(new Cell(2.5, 1))),
                List.of(Optional.of(new Cell(3.5, 1)), Optional.empty()));
        List<List<Optional<Cell>>> large = List.of(
                List.of(Optional.of(new Cell(1.1, 1)), Optional.empty(), Optional.empty()),
                List.of(Optional.empty(), Optional.of(new Cell(1.2, 1)), Optional.of(new Cell(7.5, 1))),
                List.of(Optional.empty(), Optional.empty(), Optional.of(new Cell(1.3, 1))));
        Section section = ChartStudies.section(
                List.of(),
                List.of(
                        new InterferenceMatrix(ChartStudies.TIME_SLICING, "time-slicing", List.of("a", "c"), small),
                        new InterferenceMatrix(ChartStudies.MPS, "MPS", List.of("a", "b", "c"), large)));

        Picture picture = one(Charts.draw(ChartStudies.of(section)), "interference.png");

        for (String name : List.of("a", "b", "c")) {
            assertThat(wordsOf(picture)).filteredOn(name::equals).hasSize(4);
        }
        assertThat(where(picture, "2.50×").getCenterY())
                .isEqualTo(where(picture, "1.10×").getCenterY());
        assertThat(where(picture, "3.50×").getCenterY())
                .isEqualTo(where(picture, "1.30×").getCenterY());
        assertThat(wordsOf(picture)).filteredOn("–"::equals).hasSize(6 + 5);
    }

    private static Rectangle2D where(Picture picture, String words) {
        return picture.texts().stream()
                .filter(text -> text.words().equals(words))
                .map(Picture.Text::bounds)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void namesAreDrawnAsTheyAre() {
        Picture picture = one(Charts.draw(ChartStudies.of(ChartStudies.crowded(3, 64))), "scaling.png");

        assertThat(wordsOf(picture)).anyMatch(words -> words.contains("y=%s]"));
        assertThat(wordsOf(picture)).anyMatch(words -> words.contains("<script>"));
        assertThat(wordsOf(picture)).noneMatch(words -> words.contains("\n") || words.contains("\t"));
    }

    @Test
    void aFolderThatCannotBeWrittenIsAKnownProblem() throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), "a file");

        assertThatThrownBy(() -> Charts.write(ChartStudies.usual(false), file))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("mode_comparison.png could not be written");
    }

    @Test
    void barsBeginAtZeroAndAreAsLongAsTheirValue() {
        Family family = new Family(
                "x",
                List.of(ChartStudies.mix(
                        "2 × x",
                        List.of("x"),
                        ChartStudies.arm(ChartStudies.TIME_SLICING, List.of(1.0), List.of(1.0), List.of(0.5), 3),
                        ChartStudies.arm(ChartStudies.MPS, List.of(2.0), List.of(1.0), List.of(1.0), 3))),
                Map.of(),
                List.of());
        Picture picture = one(
                Charts.draw(ChartStudies.of(ChartStudies.section(List.of(family), List.of()))), "mode_comparison.png");
        Rectangle2D work = picture.plots().getFirst();

        double half = width(picture, work, Color.decode(ModeColour.hex(ModeKind.TIME_SLICING)));
        double whole = width(picture, work, Color.decode(ModeColour.hex(ModeKind.MPS)));
        assertThat(whole / half).isCloseTo(2, within(0.05));
    }

    private static Picture one(Map<String, Picture> pictures, String name) {
        return Objects.requireNonNull(pictures.get(name), name);
    }

    /** Of the widest row of pixels of one colour in a plot. */
    private static int width(Picture picture, Rectangle2D plot, Color colour) {
        int widest = 0;
        for (int y = (int) plot.getMinY(); y < plot.getMaxY(); y++) {
            int row = 0;
            for (int x = (int) plot.getMinX(); x < plot.getMaxX(); x++) {
                row += picture.image().getRGB(x, y) == colour.getRGB() ? 1 : 0;
            }
            widest = Math.max(widest, row);
        }
        return widest;
    }

    private static int pixels(Picture picture, Color colour) {
        return pixels(picture, new Rectangle2D.Double(0, 0, Picture.WIDTH, picture.height()), colour);
    }

    private static int pixels(Picture picture, Rectangle2D area, Color colour) {
        BufferedImage image = picture.image();
        int count = 0;
        for (int x = (int) area.getMinX(); x < area.getMaxX(); x++) {
            for (int y = (int) area.getMinY(); y < area.getMaxY(); y++) {
                count += image.getRGB(x, y) == colour.getRGB() ? 1 : 0;
            }
        }
        return count;
    }

    private static List<String> wordsOf(Picture picture) {
        return picture.texts().stream().map(Picture.Text::words).toList();
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
