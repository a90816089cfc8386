package io.gpushare.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.mode.ModeKind;
import io.gpushare.report.chart.GradeMap.Cell;
import io.gpushare.report.chart.GradeMap.Column;
import io.gpushare.report.chart.GradeMap.Grade;
import io.gpushare.report.chart.GradeMap.Line;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GradeMapTest {
    private static GradeMap map(int columns, int lines, Cell cell) {
        return new GradeMap(
                "What a neighbour can do",
                "What the victim keeps.",
                IntStream.range(0, columns)
                        .mapToObj(i -> new Column(
                                "mps-" + i,
                                Optional.of(List.of(ModeKind.values()).get(i % 4))))
                        .toList(),
                IntStream.range(0, lines)
                        .mapToObj(i -> new Line(
                                "endless-kernel",
                                "copies to the host and back without a pause",
                                Collections.nCopies(columns, cell)))
                        .toList(),
                List.of("NVIDIA H200 · 12s"),
                false);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 11", "4, 11", "6, 11"})
    void noTextLiesOverAnotherOrBesideThePaper(int columns, int lines) {
        Picture picture = map(columns, lines, new Cell(Grade.MUCH_WORSE, "degraded", "0 % · stood still 4.01 s"))
                .draw();

        List<Picture.Text> texts = picture.texts();
        Rectangle2D paper = new Rectangle2D.Double(0, 0, Picture.WIDTH, picture.height());
        for (int i = 0; i < texts.size(); i++) {
            assertThat(paper.contains(texts.get(i).bounds()))
                    .as(texts.get(i).words())
                    .isTrue();
            for (int j = 0; j < i; j++) {
                assertThat(texts.get(i).bounds().intersects(texts.get(j).bounds()))
                        .as(texts.get(i).words() + " over " + texts.get(j).words())
                        .isFalse();
            }
        }
    }

    @Test
    void eachCellSaysItsVerdictInAWord() {
        Picture picture = map(2, 3, new Cell(Grade.BAD, "fatal", "")).draw();

        assertThat(picture.texts().stream().filter(text -> text.words().equals("fatal")))
                .hasSize(6);
    }

    /** For whoever sees no colours. */
    @Test
    void gradesDifferInLightnessFromGoodToBad() {
        List<Double> lightness = Arrays.stream(Grade.values())
                .map(grade -> lightness(map(1, 1, new Cell(grade, "", "")).draw()))
                .toList();

        assertThat(lightness).isSortedAccordingTo(Collections.reverseOrder());
        for (int i = 1; i < lightness.size(); i++) {
            assertThat(lightness.get(i - 1) - lightness.get(i)).isGreaterThan(0.05);
        }
    }

    private static double lightness(Picture picture) {
        Rectangle2D cell = picture.plots().getFirst();
        Color colour = new Color(picture.image().getRGB((int) cell.getCenterX(), (int) cell.getCenterY()));
        return (0.2126 * colour.getRed() + 0.7152 * colour.getGreen() + 0.0722 * colour.getBlue()) / 255;
    }
}
