package io.gpushare.report.contrast;

import io.gpushare.compare.ChangeWords;
import io.gpushare.compare.Comparison;
import io.gpushare.compare.Pair;
import io.gpushare.compare.ThresholdOutcome;
import io.gpushare.compare.ThresholdOutcome.Result;
import io.gpushare.text.SafeText;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A comparison for CI systems, in the form of JUnit's reports: a suite for each pair of groups; in it a test that they
 * could be compared, with all numbers in its output, and one for each threshold and metric that it is about. Groups
 * without a partner are skipped tests.
 */
public final class ContrastJunit {
    private static final String CLASS = "gpushare.compare";

    private final XMLStreamWriter xml;
    private int depth;

    private ContrastJunit(XMLStreamWriter xml) {
        this.xml = xml;
    }

    private enum Kind {
        PASSED,
        FAILURE,
        ERROR,
        SKIPPED
    }

    private record Case(String name, Kind kind, String text) {}

    private record Suite(String name, List<Case> cases) {
        String count(Kind kind) {
            return Long.toString(
                    cases.stream().filter(one -> one.kind() == kind).count());
        }
    }

    public static String of(Comparison comparison) {
        List<Suite> suites = suites(comparison);
        Suite all = new Suite(
                CLASS, suites.stream().flatMap(suite -> suite.cases().stream()).toList());
        StringWriter text = new StringWriter();
        try {
            ContrastJunit report =
                    new ContrastJunit(XMLOutputFactory.newInstance().createXMLStreamWriter(text));
            report.write(comparison, all, suites);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML must write to memory", e);
        }
        return text.toString();
    }

    private void write(Comparison comparison, Suite all, List<Suite> suites) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        start("testsuites", attributes(all));
        for (Suite suite : suites) {
            write(comparison, suite);
        }
        end();
        xml.writeCharacters("\n");
        xml.writeEndDocument();
    }

    private static List<Suite> suites(Comparison comparison) {
        List<Suite> suites = new ArrayList<>();
        for (Pair pair : comparison.pairs()) {
            List<Case> cases = new ArrayList<>();
            cases.add(compared(pair));
            comparison.thresholds().stream()
                    .filter(outcome -> outcome.pair().filter(pair::equals).isPresent())
                    .forEach(outcome -> cases.add(of(outcome)));
            suites.add(new Suite(ContrastWords.title(comparison, pair), cases));
        }
        List<Case> others = new ArrayList<>();
        comparison.thresholds().stream()
                .filter(outcome -> outcome.pair().isEmpty())
                .forEach(outcome -> others.add(of(outcome)));
        ContrastWords.leftOut(comparison).forEach(sentence -> others.add(new Case("left out", Kind.SKIPPED, sentence)));
        if (comparison.isEmpty()) {
            others.add(new Case("compared", Kind.ERROR, "nothing could be compared"));
        }
        if (!others.isEmpty()) {
            suites.add(new Suite("not compared", others));
        }
        return suites;
    }

    private static Case compared(Pair pair) {
        String table = String.join("\n", MetricTable.of(pair.changes()).lines());
        String warnings = ContrastWords.warnings(pair).stream()
                .map(warning -> "\nwarning: " + warning)
                .collect(Collectors.joining());
        return pair.changes().isEmpty()
                ? new Case("compared", Kind.ERROR, "they have no metric in common")
                : new Case("compared", Kind.PASSED, "\n" + table + "\n" + warnings);
    }

    private static Case of(ThresholdOutcome outcome) {
        String name = outcome.threshold().text()
                + outcome.metric()
                        .map(metric -> " (" + ChangeWords.name(metric) + ")")
                        .orElse("");
        return new Case(name, kind(outcome.result()), outcome.sentence());
    }

    private static Kind kind(Result result) {
        return switch (result) {
            case KEPT, NOISE -> Kind.PASSED;
            case BROKEN -> Kind.FAILURE;
            case MISSING -> Kind.ERROR;
        };
    }

    private static String[] attributes(Suite suite) {
        return new String[] {
            "name", suite.name(),
            "tests", Integer.toString(suite.cases().size()),
            "failures", suite.count(Kind.FAILURE),
            "errors", suite.count(Kind.ERROR),
            "skipped", suite.count(Kind.SKIPPED),
            "time", "0"
        };
    }

    private void write(Comparison comparison, Suite suite) throws XMLStreamException {
        start("testsuite", attributes(suite));
        start("properties");
        leaf("property", "", "name", "baseline", "value", comparison.baseline().name());
        leaf(
                "property",
                "",
                "name",
                "contender",
                "value",
                comparison.contender().name());
        end();
        for (Case one : suite.cases()) {
            // A dot in a class name would begin a package.
            String name = CLASS + "." + suite.name().replace('.', '_');
            start("testcase", "classname", name, "name", one.name(), "time", "0");
            switch (one.kind()) {
                case PASSED -> {
                    if (!one.text().isEmpty()) {
                        leaf("system-out", one.text());
                    }
                }
                case FAILURE -> leaf("failure", one.text(), "message", one.text(), "type", "threshold");
                case ERROR -> leaf("error", one.text(), "message", one.text(), "type", "missing");
                case SKIPPED -> leaf("skipped", "", "message", one.text());
            }
            end();
        }
        end();
    }

    /** @param attributes names and values, in turn */
    private void start(String element, String... attributes) throws XMLStreamException {
        newLine();
        xml.writeStartElement(element);
        write(attributes);
        depth++;
    }

    private void end() throws XMLStreamException {
        depth--;
        newLine();
        xml.writeEndElement();
    }

    /** An element without others inside. */
    private void leaf(String element, String content, String... attributes) throws XMLStreamException {
        newLine();
        if (content.isEmpty()) {
            xml.writeEmptyElement(element);
            write(attributes);
            return;
        }
        xml.writeStartElement(element);
        write(attributes);
        xml.writeCharacters(content.lines().map(ContrastJunit::safe).collect(Collectors.joining("\n")));
        xml.writeEndElement();
    }

    private void write(String... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            xml.writeAttribute(attributes[i], safe(attributes[i + 1]));
        }
    }

    private void newLine() throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }

    /** Beside what drives a terminal there are two characters that XML 1.0 cannot say, not even escaped. */
    private static String safe(String text) {
        return SafeText.of(text).replace('\ufffe', '?').replace('\uffff', '?');
    }
}
