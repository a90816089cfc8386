package io.gpushare.report.html;

import io.gpushare.report.ArmLooks;
import io.gpushare.report.MixOrder;
import io.gpushare.report.Report;
import io.gpushare.report.Report.ShownRun;
import io.gpushare.study.Family;
import io.gpushare.study.Section;
import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.arm.ScalingCurve;
import java.util.List;
import java.util.Optional;

/** All that the page says of one kind of GPU: what to do, why, and what it was measured on. */
final class SectionPart {
    private final Section section;
    private final boolean alone;
    private final String prefix;
    private final ArmLooks looks;
    private final PageCharts charts;
    private final DetailedRuns detailed;
    private final Contents contents;

    private SectionPart(
            Section section,
            boolean alone,
            String prefix,
            PageCharts charts,
            DetailedRuns detailed,
            Contents contents) {
        this.section = section;
        this.alone = alone;
        this.prefix = prefix;
        this.looks = new ArmLooks(section);
        this.charts = charts;
        this.detailed = detailed;
        this.contents = contents;
    }

    static Element of(Report report, int index, PageCharts charts, DetailedRuns detailed, Contents contents) {
        Section section = report.study().sections().get(index);
        List<ShownRun> shown =
                report.shown().stream().filter(run -> run.section() == index).toList();
        return new SectionPart(section, report.study().sections().size() == 1, "s" + index, charts, detailed, contents)
                .whole(shown);
    }

    private Element whole(List<ShownRun> shown) {
        Element part = contents.part(2, prefix, section.title());
        // The page's own heading says it where there is one section only.
        part.set("class", "part gpu" + (section.simulated() ? " simulated" : "") + (alone ? " alone" : ""));
        if (section.simulated()) {
            part.add(Element.of("p", "banner")
                    .set("role", "note")
                    .add(Element.of("strong").text("SIMULATED"))
                    .text(" These numbers come from a model of the GPU. No GPU was measured."));
        }
        Recommendations.of(section, prefix, looks, contents).ifPresent(part::add);
        if (!section.cautions().isEmpty()) {
            part.add(Element.of("div", "cautions")
                    .set("role", "note")
                    .add(
                            Element.of("strong").text("Before you believe a comparison"),
                            Styling.list(section.cautions())));
        }
        StarvationPart.of(section, prefix, looks, contents).ifPresent(part::add);
        part.add(comparisons());
        scaling().ifPresent(part::add);
        LoadPart.of(section, prefix, looks, contents).ifPresent(part::add);
        InterferencePart.of(section, prefix, looks, contents).ifPresent(part::add);
        TimelinePart.of(section, shown, prefix, looks, charts, contents).ifPresent(part::add);
        part.add(RunsPart.of(section, prefix, looks, detailed, contents));
        part.add(EnvironmentPart.of(section, prefix, contents));
        return part;
    }

    private Element comparisons() {
        Element part = contents.part(3, prefix + "-comparison", "Side by side");
        int number = 0;
        for (MixStudy mix : MixOrder.mostComparedFirst(section)) {
            part.add(MixPart.of(mix, prefix + "-mix" + number++, looks, charts, contents));
        }
        return part;
    }

    private Optional<Element> scaling() {
        List<Family> families = section.families().stream()
                .filter(family ->
                        ScalingChart.worthDrawing(family) || !family.answers().isEmpty())
                .toList();
        if (families.isEmpty()) {
            return Optional.empty();
        }
        Element part = contents.part(3, prefix + "-scaling", "More tenants");
        Element blocks = Element.of("div", "charts");
        for (Family family : families) {
            Element block = Element.of("div", "family").add(Element.of("h4").text(family.name()));
            answers(family.answers()).ifPresent(block::add);
            if (ScalingChart.worthDrawing(family)) {
                block.add(ScalingChart.of(family, looks, charts));
                ScalingCurve.caution(family.scaling().values())
                        .ifPresent(caution -> block.add(Styling.paragraph("note", caution)));
            }
            blocks.add(block);
        }
        return Optional.of(part.add(blocks));
    }

    private static Optional<Element> answers(List<Answer> answers) {
        return answers.isEmpty() ? Optional.empty() : Optional.of(AnswerList.of(answers));
    }
}
