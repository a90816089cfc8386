package io.gpushare.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TableTest {
    private record Fruit(String name, String weight, String note) {}

    private static final Table<Fruit> FRUITS = new Table<Fruit>()
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
    void isAHeaderWhereThereAreNoRows() {
        assertThat(FRUITS.render(List.of())).startsWith("Fruit  Weight g  Note");
    }
}
