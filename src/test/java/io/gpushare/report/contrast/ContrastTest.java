package io.gpushare.report.contrast;

import static io.gpushare.compare.SomeGroups.compared;
import static io.gpushare.compare.SomeGroups.side;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.compare.Comparison;
import io.gpushare.compare.SomeGroups;
import io.gpushare.report.text.PlainText;
import io.gpushare.text.Painter;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class ContrastTest {
    /** What a workload could be called to break a report. */
    private static final String NASTY = "<script>|a`*_[x](y)&\"'\u0000\u001b[31m\n@team ]]>\ud83d\ude00\ud800";

    private static Comparison nasty() {
        return compared(
                side(
                        NASTY,
                        SomeGroups.of("2 × " + NASTY, "MPS")
                                .p99(NASTY, 10.0, 10.1, 10.2, 10.3)
                                .stp(1.0),
                        SomeGroups.of("9 × lonely", "MPS").stp(1.0)),
                side("after", SomeGroups.of("2 × " + NASTY, "MPS").p99(NASTY, 20.0, 20.1, 20.2, 20.3)),
                "p99>+10%",
                "p99>+200%",
                "stp<-5%");
    }

    private static Document parsed(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static List<Element> elements(Element parent, String name) {
        List<Element> elements = new ArrayList<>();
        NodeList nodes = parent.getElementsByTagName(name);
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    @Test
    void writesJunitXmlThatAddsUp() throws Exception {
        Element root = parsed(ContrastJunit.of(nasty())).getDocumentElement();

        assertThat(root.getTagName()).isEqualTo("testsuites");
        assertThat(root.getAttribute("tests")).isEqualTo("5");
        assertThat(root.getAttribute("failures")).isEqualTo("1");
        assertThat(root.getAttribute("errors")).isEqualTo("1");
        assertThat(root.getAttribute("skipped")).isEqualTo("1");
        assertThat(elements(root, "testsuite")).hasSize(2).allSatisfy(suite -> {
            assertThat(suite.getParentNode()).isEqualTo(root);
            assertThat(suite.getAttribute("name")).isNotBlank();
            assertThat(elements(suite, "testcase")).hasSize(Integer.parseInt(suite.getAttribute("tests")));
            assertThat(elements(suite, "failure")).hasSize(Integer.parseInt(suite.getAttribute("failures")));
            assertThat(elements(suite, "error")).hasSize(Integer.parseInt(suite.getAttribute("errors")));
            assertThat(elements(suite, "skipped")).hasSize(Integer.parseInt(suite.getAttribute("skipped")));
        });
        assertThat(elements(root, "testcase")).allSatisfy(test -> {
            assertThat(test.getAttribute("name")).isNotBlank();
            assertThat(test.getAttribute("classname")).startsWith("gpushare.compare.");
            assertThat(test.getAttribute("time")).isEqualTo("0");
        });
    }

    @Test
    void saysInJunitXmlWhichThresholdFailedAndWhy() throws Exception {
        Element root = parsed(ContrastJunit.of(nasty())).getDocumentElement();

        Element failure = elements(root, "failure").getFirst();
        assertThat(failure.getAttribute("message")).contains("+98.5 %");
        assertThat(((Element) failure.getParentNode()).getAttribute("name"))
                .startsWith("p99>+10% (p99 of <script>|a`*_[x](y)&\"'");
        assertThat(elements(root, "error").getFirst().getAttribute("message")).contains("the contender has none");
        assertThat(elements(root, "skipped").getFirst().getAttribute("message")).contains("9 × lonely", "no partner");
    }

    @Test
    void reportsAnErrorToCiWhereNothingWasCompared() throws Exception {
        Element root = parsed(ContrastJunit.of(compared(side("a"), side("b")))).getDocumentElement();

        assertThat(root.getAttribute("errors")).isEqualTo("1");
    }

    @Test
    void escapesNamesInMarkdown() {
        String markdown = ContrastMarkdown.of(nasty());

        assertThat(markdown)
                .doesNotContainPattern("(?<!\\\\)<script")
                .doesNotContain("@team", "[x](y)", "\u001b", "\u0000")
                .contains("\\<script\\>\\|a", "<details><summary>All metrics (1)</summary>", "</details>");
        assertThat(markdown.lines().findFirst())
                .hasValueSatisfying(line -> assertThat(line)
                        .isEqualTo(
                                "**gpushare compare: 1 threshold broken, 1 threshold not checked; metrics: 1 worse**"));
    }

    @Test
    void keepsAsManyCellsInEveryRowOfAMarkdownTable() {
        List<String> rows = ContrastMarkdown.of(nasty())
                .lines()
                .filter(line -> line.startsWith("| p99"))
                .toList();

        assertThat(rows).isNotEmpty().allSatisfy(row -> assertThat(cells(row)).isEqualTo(11));
    }

    private static long cells(String row) {
        return Pattern.compile("(?<!\\\\)\\|").matcher(row).results().count();
    }

    @Test
    void drivesNoTerminalWithNames() {
        assertThat(PlainText.fitting(ContrastText.of(nasty()), 200, Painter.NONE))
                .allSatisfy(line -> assertThat(line).doesNotContainPattern("\\p{Cntrl}"));
    }

    @Test
    void alignsItsTableAndDropsColumnsWhereTheTerminalIsNarrow() {
        Comparison comparison = compared(
                side(
                        "before",
                        SomeGroups.of("2 × bert", "MPS").stp(1.0, 1.1, 1.2, 1.3).p99("bert", 10.0, 11.0, 10.0, 9.5)),
                side(
                        "after",
                        SomeGroups.of("2 × bert", "MPS").stp(1.5, 1.6, 1.7, 1.8).p99("bert", 10.1, 9.9, 9.8, 10.6)));
        String wide = text(comparison, 140);
        String narrow = text(comparison, 70);

        assertThat(wide).contains("95 % interval");
        assertThat(narrow.lines().filter(line -> line.startsWith("Metric ")))
                .singleElement()
                .satisfies(line ->
                        assertThat(line).doesNotContain("95 % interval").contains("Baseline", "Contender", "Change"));
        assertThat(narrow).contains("No room here for: n, 95 % interval, p.");
        assertThat(wide.lines().filter(line -> line.startsWith("STP")))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .matches("STP +1\\.150 +4 +1\\.650 +4 +\\+43\\.5 % +\\S+ … \\S+ +0\\.029  better"));
        assertThat(wide).contains("no difference shown", "Metrics: 1 better, 1 without a shown difference.");
    }

    private static String text(Comparison comparison, int width) {
        return String.join("\n", PlainText.fitting(ContrastText.of(comparison), width, Painter.NONE));
    }

    @Test
    void saysThatEachValueOfPIsOfOneMetric() {
        assertThat(text(nasty(), 140)).contains("p is of one metric each (Mann-Whitney, two-sided), and not corrected");
    }

    @Test
    void givesProgramsEveryValue() {
        ObjectNode document = ContrastJson.of(nasty());

        assertThat(document.path("kind").asText()).isEqualTo("comparison");
        assertThat(document.path("broken").asBoolean()).isTrue();
        assertThat(document.path("thresholds")).hasSize(3);
        assertThat(document.path("only_baseline").path(0).path("mix").asText()).isEqualTo("9 × lonely");
        var metric = document.path("pairs").path(0).path("metrics").path(0);
        assertThat(metric.path("metric").asText()).isEqualTo("p99_ms");
        assertThat(metric.path("variant").asText()).isEqualTo(NASTY);
        assertThat(metric.path("judgement").asText()).isEqualTo("worse");
        assertThat(metric.path("baseline").path("values")).hasSize(4);
        assertThat(metric.path("change_interval_percent").path("lower").asDouble())
                .isPositive();
    }
}
