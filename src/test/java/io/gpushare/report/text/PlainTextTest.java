package io.gpushare.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.report.SomeReports;
import io.gpushare.report.text.Block.Command;
import io.gpushare.report.text.Block.Grid;
import io.gpushare.report.text.Block.Heading;
import io.gpushare.report.text.Block.Paragraph;
import io.gpushare.report.text.Block.Point;
import io.gpushare.text.Painter;
import io.gpushare.text.TextTable.Column;
import io.gpushare.text.Tone;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlainTextTest {
    private static final Point POINT = new Point(
            "✓",
            Tone.GOOD,
            "Most work",
            "MPS does the most work: 1.87 times what one after another do, and 18 % more than taking turns.",
            List.of(new Command(
                    "", "gpushare bench --mode mps --workload bert-infer --workload stream --priority stream=low")));

    private static final Grid WIDE = Grid.of(
            List.of(
                    Column.text("Sharing"),
                    Column.number("STP"),
                    Column.number("Worst p99 slowdown"),
                    Column.number("Mean power W")),
            List.of(
                    List.of(
                            "a way of sharing whose name has no end, or so it seems",
                            "1.07 [1.07, 1.08]",
                            "12.9",
                            "653"),
                    List.of("MPS", "1.87", "–", "640")));

    private static String fitting(int columns, Block... blocks) {
        return String.join("\n", PlainText.fitting(List.of(blocks), columns, Painter.NONE));
    }

    @Test
    void labelsHaveAColumnWhereThereIsRoom() {
        assertThat(fitting(100, POINT)).isEqualTo("""
            ✓ Most work           MPS does the most work: 1.87 times what one after another do, and 18 % more
                                  than taking turns.
                  gpushare bench --mode mps --workload bert-infer --workload stream --priority stream=low\
            """);
        assertThat(fitting(50, POINT)).isEqualTo("""
            ✓ Most work
              MPS does the most work: 1.87 times what one
              after another do, and 18 % more than taking
              turns.
                  gpushare bench --mode mps --workload bert-infer --workload stream --priority stream=low\
            """);
    }

    @Test
    void aNarrowTableBreaksNamesAndSaysWhichColumnsAreMissing() {
        assertThat(fitting(60, WIDE).lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(60));
        assertThat(fitting(60, WIDE)).contains("name has no end").contains("No room here for: Mean power W.");
        assertThat(fitting(120, WIDE)).doesNotContain("No room").contains("name has no end, or so it seems  1.07");
    }

    @Test
    void aWholeTableLosesNoColumn() {
        assertThat(String.join("\n", PlainText.whole(List.of(WIDE), 40)))
                .contains("653")
                .doesNotContain("No room");
    }

    @Test
    void aNameThatIsWiderThanItsColumnIsBrokenWithoutLoss() {
        String name = "x".repeat(100) + "😀".repeat(30);
        String shown =
                fitting(50, Grid.of(List.of(Column.text("Name"), Column.number("n")), List.of(List.of(name, "3"))));
        assertThat(shown.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(50));
        assertThat(shown.replaceAll("[^x😀]", "")).isEqualTo(name);
    }

    @Test
    void nothingInANameDrivesTheTerminal() {
        String evil = "\u001b[2Jspin\r\n\u009b31m\u202e";
        String shown = fitting(
                80,
                new Heading(1, evil),
                new Paragraph(Tone.ATTENTION, evil),
                new Point(evil, Tone.BAD, evil, evil, List.of(new Command(evil, evil))),
                Grid.of(List.of(Column.text(evil)), List.of(List.of(evil))));
        assertThat(shown.replace("\n", ""))
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}]")
                .contains("?[2Jspin???31m?");
    }

    @Test
    void coloursFollowTheTone() {
        assertThat(PlainText.fitting(List.of(POINT), 200, (tone, text) -> tone + "(" + text + ")"))
                .containsExactly(
                        "GOOD(✓) HEADING(Most work)           PLAIN(MPS does the most work: 1.87 times what one after"
                                + " another do, and 18 % more than taking)",
                        "                      PLAIN(turns.)",
                        "      COMMAND(" + POINT.commands().getFirst().line() + ")");
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 100, 160})
    void theSummaryFitsTheWidthButForWhatIsToBeCopied(int columns) {
        assertThat(PlainText.fitting(SummaryText.of(SomeReports.reference(), "in the report"), columns, Painter.NONE))
                .filteredOn(line -> !line.strip().startsWith("gpushare "))
                .filteredOn(line -> line.strip().replaceFirst("^- ", "").contains(" ")
                        && !line.strip().startsWith("resnet-train["))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(columns));
    }
}
