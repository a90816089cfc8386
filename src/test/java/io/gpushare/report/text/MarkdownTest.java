package io.gpushare.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.report.SomeReports;
import io.gpushare.report.text.Block.Command;
import io.gpushare.report.text.Block.Grid;
import io.gpushare.report.text.Block.Heading;
import io.gpushare.report.text.Block.Notes;
import io.gpushare.report.text.Block.Paragraph;
import io.gpushare.report.text.Block.Point;
import io.gpushare.text.TextTable.Column;
import io.gpushare.text.Tone;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MarkdownTest {
    /** What GitHub's Markdown would take for HTML. */
    private static final Pattern HTML = Pattern.compile("(?<!\\\\)<[a-zA-Z/!?]");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "<script>alert(1)</script>; \\<script\\>alert(1)\\</script\\>",
                "a|b; a\\|b",
                "*bold* _it_ `code` ~gone~; \\*bold\\* \\_it\\_ \\`code\\` \\~gone\\~",
                "[name](http://example.org); \\[name\\](http:/\\/example.org)",
                "www.example.org; www\\.example.org",
                "back\\slash; back\\\\slash",
                "R&D $x$ #1; R\\&D \\$x\\$ \\#1",
                "@team a@b.org; @<!-- -->team a@<!-- -->b.org",
                "resnet-infer × 2; resnet-infer × 2"
            })
    void showsMarkupInNamesAsItIsWritten(String name, String escaped) {
        assertThat(Markdown.escaped(name)).isEqualTo(escaped);
    }

    @Test
    void noNameEndsALine() {
        assertThat(Markdown.of(List.of(
                        new Heading(2, "a\n# b"),
                        Grid.of(List.of(Column.text("c\nd")), List.of(List.of("e\r\nf"))),
                        new Point("·", Tone.PLAIN, "g\nh", "i\nj", List.of(new Command("k\nl", "m\n```\nn"))))))
                .isEqualTo("""
                        ## a?\\# b

                        | c?d |
                        | --- |
                        | e??f |

                        - · **g?h**: i?j

                          k?l

                          ````
                          m?```?n
                          ````
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "- item; \\- item",
                "1. first; 1\\. first",
                "2) second; 2\\) second",
                "+ x; \\+ x",
                "2 × spin; 2 × spin"
            })
    void aNameAtTheStartBeginsNoList(String text, String shown) {
        assertThat(Markdown.of(List.of(new Paragraph(Tone.PLAIN, text)))).isEqualTo(shown + "\n");
        assertThat(Markdown.of(List.of(new Notes(List.of(text))))).isEqualTo("- " + shown + "\n");
    }

    @Test
    void tablesAlignNumbers() {
        assertThat(Markdown.of(List.of(Grid.of(
                        List.of(Column.text("Sharing"), Column.number("STP")), List.of(List.of("MPS", "1.87"))))))
                .isEqualTo("""
                        | Sharing | STP |
                        | --- | ---: |
                        | MPS | 1.87 |
                        """);
    }

    @Test
    void theWholeReportHasNoHtmlAndCompleteTables() {
        String report = Markdown.of(FullText.of(SomeReports.reference()));
        assertThat(HTML.matcher(report).find()).isFalse();
        List<String> lines = report.lines().toList();
        for (int i = 1; i < lines.size(); i++) {
            boolean inTable = lines.get(i).startsWith("|") && lines.get(i - 1).startsWith("|");
            if (inTable) {
                assertThat(cells(lines.get(i))).as(lines.get(i)).isEqualTo(cells(lines.get(i - 1)));
            }
        }
    }

    private static long cells(String row) {
        return Pattern.compile("(?<!\\\\)\\|").matcher(row).results().count();
    }
}
