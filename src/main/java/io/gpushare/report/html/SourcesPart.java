package io.gpushare.report.html;

import io.gpushare.report.ArmLook;
import io.gpushare.report.Report;
import io.gpushare.results.stored.ReadResults;
import io.gpushare.results.stored.Skipped;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.text.Amount;
import java.util.stream.Stream;

/** What was read, and what of it no number counts. */
final class SourcesPart {
    private SourcesPart() {}

    static Element of(Report report, Contents contents) {
        ReadResults read = report.read();
        Element part = contents.part(2, "sources", "What was read")
                .add(Element.of("p")
                        .text(Amount.of(read.files(), "file") + ", " + Amount.bytes(read.bytes()) + ": "
                                + Amount.of(read.runs().size(), "run") + "."));
        if (!report.study().leftOut().isEmpty()) {
            part.add(leftOut(report));
        }
        if (!read.skipped().isEmpty()) {
            part.add(skipped(read));
        }
        return part;
    }

    private static Element leftOut(Report report) {
        Element body = Element.of("tbody");
        for (StoredRun run : report.study().leftOut()) {
            Element reasons = Element.of("td");
            RunDetails.findings(run)
                    .forEach(finding -> reasons.add(Element.of("div").text(finding)));
            body.add(Element.of("tr")
                    .add(
                            Element.of("th")
                                    .set("scope", "row")
                                    .add(Styling.mark(
                                            new ArmLook(run.result().mode().kind(), 0)))
                                    .text(String.valueOf(run.file().getFileName())),
                            Element.of("td").set("data-label", "Verdict").add(RunDetails.verdict(run.result())),
                            reasons));
        }
        return table("Runs left out", body, "Run", "Verdict", "Why");
    }

    private static Element skipped(ReadResults read) {
        Element body = Element.of("tbody");
        for (Skipped file : read.skipped()) {
            body.add(Element.of("tr")
                    .add(
                            Element.of("th")
                                    .set("scope", "row")
                                    .text(file.file().toString()),
                            Element.of("td").text(file.loss() ? "lost" : "nothing lost"),
                            Element.of("td").text(file.reason())));
        }
        return table("Files skipped", body, "File", "Loss", "Why");
    }

    private static Element table(String caption, Element body, String... columns) {
        Element head = Element.of("tr");
        head.addAll(Stream.of(columns).map(Styling::columnHead));
        return Styling.scroll(
                caption,
                Element.of("table", "plain")
                        .add(
                                Element.of("caption").text(caption),
                                Element.of("thead").add(head),
                                body));
    }
}
