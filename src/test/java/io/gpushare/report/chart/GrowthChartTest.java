package io.gpushare.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.mode.ModeKind;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class GrowthChartTest {
    private static final OptionalInt NONE = OptionalInt.empty();

    private static Growth.Curve curve(ModeKind mode, int full, double msOfOne, OptionalInt breaks, int... tried) {
        List<Growth.Point> points = IntStream.of(tried)
                .mapToObj(tenants -> new Growth.Point(
                        tenants,
                        2500.0 * Math.min(tenants, full),
                        tenants == 1 ? 300 : 2,
                        OptionalDouble.of(msOfOne * tenants)))
                .toList();
        return new Growth.Curve(
                mode, 0, mode.toString(), points, OptionalInt.of(full), OptionalInt.of(tried[1]), breaks);
    }

    private static Growth growth(boolean simulated, List<Double> bounds, Growth.Curve... curves) {
        return new Growth(
                "resnet-infer",
                "NVIDIA H200 · 10s",
                simulated,
                "samples/s",
                Optional.of("p99"),
                bounds,
                List.of(curves));
    }

    static Stream<Growth> growths() {
        Growth.Curve turns = curve(ModeKind.TIME_SLICING, 2, 4, NONE, 1, 2, 4, 8);
        Growth.Curve together = curve(ModeKind.MPS, 4, 4.1, OptionalInt.of(61), 1, 2, 3, 4, 8, 16, 32, 48, 60);
        Growth.Curve divided = curve(ModeKind.MIG, 7, 5, OptionalInt.of(8), 1, 2, 4, 6, 7);
        return Stream.of(
                growth(false, List.of(10.0), turns, together, divided),
                growth(false, List.of(), together),
                growth(false, List.of(5.0, 50.0), curve(ModeKind.MPS, 1, 40, OptionalInt.of(3), 1, 2)));
    }

    private static List<String> words(Growth growth) {
        return GrowthChart.draw(growth).texts().stream()
                .map(Picture.Text::words)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("growths")
    void noTextLiesOverAnother(Growth growth) {
        List<Picture.Text> texts = GrowthChart.draw(growth).texts();
        for (Picture.Text one : texts) {
            assertThat(new Rectangle2D.Double(0, 0, Picture.WIDTH, Picture.HEIGHT).contains(one.bounds()))
                    .as(one.words())
                    .isTrue();
            assertThat(texts.stream()
                            .filter(other ->
                                    !other.equals(one) && other.bounds().intersects(one.bounds()))
                            .map(Picture.Text::words))
                    .as(one.words())
                    .isEmpty();
        }
    }

    @Test
    void marksKneeBoundAndBreakingPointByTheirNumbers() {
        List<String> words =
                words(growth(false, List.of(10.0), curve(ModeKind.MPS, 3, 4, OptionalInt.of(13), 1, 2, 3, 4, 8, 12)));
        assertThat(words).contains("3", "13", "10 ms", "too many", "knee: 95 % of the most", "p99 of a step");
    }

    @Test
    void whatIsNotThereIsNotInTheLegend() {
        Growth.Curve bare = new Growth.Curve(
                ModeKind.MPS, 0, "mps", List.of(new Growth.Point(1, 100, 0, OptionalDouble.empty())), NONE, NONE, NONE);
        assertThat(words(growth(false, List.of(10.0), bare)))
                .contains("All tenants together", "mps")
                .doesNotContain("too many", "knee: 95 % of the most", "10 ms", "p99 of a step");
    }

    @Test
    void aSimulatedOneIsMarked() {
        Growth.Curve curve = curve(ModeKind.MPS, 3, 4, NONE, 1, 2, 4);
        int middle = Picture.HEIGHT / 2;
        List<Integer> measured = row(growth(false, List.of(), curve), middle);
        List<Integer> simulated = row(growth(true, List.of(), curve), middle);
        assertThat(IntStream.range(0, measured.size())
                        .filter(x -> !measured.get(x).equals(simulated.get(x))))
                .hasSizeGreaterThan(50);
    }

    private static List<Integer> row(Growth growth, int y) {
        Picture picture = GrowthChart.draw(growth);
        return IntStream.range(0, Picture.WIDTH)
                .mapToObj(x -> picture.image().getRGB(x, y))
                .toList();
    }

    @Test
    void isAPngFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("stress.png");
        GrowthChart.write(growths().findFirst().orElseThrow(), file);
        assertThat(ImageIO.read(new ByteArrayInputStream(Files.readAllBytes(file)))
                        .getWidth())
                .isEqualTo(Picture.WIDTH);
    }
}
