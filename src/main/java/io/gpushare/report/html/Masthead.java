package io.gpushare.report.html;

import io.gpushare.report.Report;
import io.gpushare.study.Section;
import io.gpushare.text.Amount;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

/** What was analysed. */
final class Masthead {
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private Masthead() {}

    static String minutes(Instant instant) {
        return MINUTES.format(instant);
    }

    static String title(Report report) {
        List<Section> sections = report.study().sections();
        if (sections.isEmpty()) {
            return "No runs to compare";
        }
        return "How to share: "
                + Amount.list(sections.stream().map(Section::title).toList());
    }

    static Element of(Report report) {
        List<Section> sections = report.study().sections();
        Element facts = Element.of("dl", "facts");
        fact(facts, "GPU", sections.stream().map(Section::title).collect(Collectors.joining(", ")));
        fact(
                facts,
                "Driver",
                sections.stream()
                        .flatMap(section -> section.drivers().stream())
                        .distinct()
                        .collect(Collectors.joining(", ")));
        fact(facts, "Runs", runs(report));
        fact(facts, "Made", minutes(report.madeAt()));
        fact(facts, "With", "gpushare " + report.toolVersion());
        return Element.of("header", "masthead")
                .add(
                        Element.of("div", "brand")
                                .add(
                                        Element.of("span").text("gpushare"),
                                        Element.of("button", "theme")
                                                .set("type", "button")
                                                .flag("hidden")
                                                .text("Dark")),
                        Element.of("h1").text(title(report)),
                        facts);
    }

    private static String runs(Report report) {
        int counted = report.study().sections().stream().mapToInt(Section::runs).sum();
        int leftOut = report.study().leftOut().size();
        int skipped = report.read().skipped().size();
        StringBuilder words = new StringBuilder(counted + " counted");
        if (leftOut > 0) {
            words.append(", ").append(leftOut).append(" left out");
        }
        if (skipped > 0) {
            words.append(", ").append(Amount.of(skipped, "file")).append(" skipped");
        }
        return words.toString();
    }

    private static void fact(Element facts, String term, String words) {
        if (!words.isEmpty()) {
            facts.add(Element.of("div")
                    .add(Element.of("dt").text(term), Element.of("dd").text(words)));
        }
    }
}
