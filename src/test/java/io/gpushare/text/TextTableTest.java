package io.gpushare.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TextTableTest {
    private record Fruit(String name, String weight, String note) {}

    private static final TableColumns<Fruit> FRUITS = new TableColumns<Fruit>()
            .text("Fruit", Fruit::name)
            .number("Weight g", Fruit::weight)
            .text("Note", Fruit::note);

    @Test
    void alignsWordsLeftAndNumbersRight() {
        assertThat(FRUITS.render(List.of(new Fruit("fig", "48", "ripe"), new Fruit("pineapple", "1210", ""))))
                .isEqualTo("""
                        Fruit      Weight g  Note
                        ─────────────────────────
                        fig              48  ripe
                        pineapple      1210""");
    }

    @Test
    void leavesNoBlanksBehindALine() {
        String table = FRUITS.render(List.of(new Fruit("fig", "48", ""), new Fruit("", "", "")));
        assertThat(table.lines()).noneMatch(line -> line.endsWith(" "));
    }

    @Test
    void aNarrowPageHasTheColumnsThatMatterMost() {
        TextTable table = new TableColumns<Fruit>()
                .text("Fruit", Fruit::name)
                .number("Weight g", 2, Fruit::weight)
                .number("Note", 1, Fruit::note)
                .of(List.of(new Fruit("pineapple", "1210", "ripe")));

        assertThat(table.lines(25).getFirst()).isEqualTo("Fruit      Weight g  Note");
        assertThat(table.lines(24).getFirst()).isEqualTo("Fruit      Note");
        assertThat(table.lines(3).getFirst()).as("what is always shown").isEqualTo("Fruit");
        assertThat(table.fits(9)).isTrue();
        assertThat(table.fits(8)).isFalse();
    }

    @Test
    void aTitleStandsAboveTheRowsBelowItHoweverLongItIs() {
        TextTable table = new TextTable(
                List.of(TextTable.Column.text("a"), TextTable.Column.number("n")),
                List.of(
                        new TextTable.Row(Tone.HEADING, List.of("a title that is wide")),
                        new TextTable.Row(Tone.GOOD, List.of("b", "12"))));

        assertThat(new TableLayout(table, 80, false).lines((tone, text) -> tone + " " + text))
                .containsExactly("a   n", "─────", "HEADING a title that is wide", "GOOD b  12");
    }

    @Test
    void longWordsGoOnBelow() {
        String note = "x".repeat(40) + " " + "y".repeat(40);
        assertThat(FRUITS.of(List.of(new Fruit("fig", "48", note))).lines())
                .hasSize(4)
                .last()
                .isEqualTo(" ".repeat(17) + "y".repeat(40));
    }

    @Test
    void isAHeaderWhereThereAreNoRows() {
        assertThat(FRUITS.render(List.of())).startsWith("Fruit  Weight g  Note");
    }
}
