package io.gpushare.report.contrast;

import io.gpushare.compare.Comparison;
import io.gpushare.compare.Figures;
import io.gpushare.compare.Pair;
import io.gpushare.compare.ThresholdOutcome;
import io.gpushare.compare.ThresholdOutcome.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A comparison for CI systems, in the form of JUnit's reports: a suite for each pair of groups; in it a test that they could be
 * compared, with all numbers in its output, and one for each threshold and metric that it is about. Groups without a partner are
 * skipped tests.
 */
public final class ContrastJunit {
    private static final String CLASS = "gpushare.compare";
    /** As wide as it comes. */
    private static final int WIDTH = 10_000;

    private ContrastJunit() {}

    private enum Kind {
        PASSED,
        FAILURE,
        ERROR,
        SKIPPED
    }

    private record Case(String name, Kind kind, String message, String output) {}

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
        Xml xml = new Xml();
        xml.open("testsuites", attributes(all));
        suites.forEach(suite -> write(xml, comparison, suite));
        return xml.close("testsuites").toString();
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
        ContrastWords.leftOut(comparison)
                .forEach(sentence -> others.add(new Case("left out", Kind.SKIPPED, sentence, "")));
        if (comparison.isEmpty()) {
            others.add(new Case("compared", Kind.ERROR, "nothing could be compared", ""));
        }
        if (!others.isEmpty()) {
            suites.add(new Suite("not compared", others));
        }
        return suites;
    }

    private static Case compared(Pair pair) {
        String table = MetricTable.lines(pair.changes(), WIDTH).stream()
                .map(Line::text)
                .collect(Collectors.joining("\n"));
        String warnings = ContrastWords.warnings(pair).stream()
                .map(warning -> "\nwarning: " + warning)
                .collect(Collectors.joining());
        return pair.changes().isEmpty()
                ? new Case("compared", Kind.ERROR, "they have no metric in common", "")
                : new Case("compared", Kind.PASSED, "", "\n" + table + "\n" + warnings);
    }

    private static Case of(ThresholdOutcome outcome) {
        String name = outcome.threshold().text()
                + outcome.metric()
                        .map(metric -> " (" + Figures.name(metric) + ")")
                        .orElse("");
        return new Case(name, kind(outcome.result()), outcome.sentence(), "");
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

    private static void write(Xml xml, Comparison comparison, Suite suite) {
        xml.open("testsuite", attributes(suite));
        xml.open("properties")
                .empty(
                        "property",
                        "name",
                        "baseline",
                        "value",
                        comparison.baseline().name())
                .empty(
                        "property",
                        "name",
                        "contender",
                        "value",
                        comparison.contender().name())
                .close("properties");
        for (Case one : suite.cases()) {
            // A dot in a class name would begin a package.
            xml.open(
                    "testcase",
                    "classname",
                    CLASS + "." + suite.name().replace('.', '_'),
                    "name",
                    one.name(),
                    "time",
                    "0");
            switch (one.kind()) {
                case PASSED -> {
                    if (!one.message().isEmpty() || !one.output().isEmpty()) {
                        xml.element("system-out", one.message() + one.output());
                    }
                }
                case FAILURE -> xml.element("failure", one.message(), "message", one.message(), "type", "threshold");
                case ERROR -> xml.element("error", one.message(), "message", one.message(), "type", "missing");
                case SKIPPED -> xml.empty("skipped", "message", one.message());
            }
            xml.close("testcase");
        }
        xml.close("testsuite");
    }
}
