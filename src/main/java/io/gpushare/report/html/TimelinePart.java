package io.gpushare.report.html;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.report.ArmLooks;
import io.gpushare.report.Report.ShownRun;
import io.gpushare.study.Section;
import java.util.List;
import java.util.Optional;

/** A typical run of each way of sharing over time; which one is shown, the reader chooses. */
final class TimelinePart {
    /** The most points of all charts together, which keeps the page below 2 MB. */
    private static final int MOST_POINTS = 50_000;

    private static final int MOST_POINTS_A_SERIES = 600;
    private static final int FEWEST_POINTS_A_SERIES = 40;

    private TimelinePart() {}

    static Optional<Element> of(
            Section section,
            List<ShownRun> shown,
            String prefix,
            ArmLooks looks,
            PageCharts charts,
            Contents contents) {
        if (shown.isEmpty()) {
            return Optional.empty();
        }
        int series = shown.stream()
                .mapToInt(run -> TimelineData.seriesOf(run.timeline()))
                .sum();
        int most = Math.clamp(MOST_POINTS / Math.max(1, series), FEWEST_POINTS_A_SERIES, MOST_POINTS_A_SERIES);
        Element choice = Element.of("select").set("id", prefix + "-run");
        boolean thinned = false;
        for (ShownRun run : shown) {
            ObjectNode timeline = TimelineData.of(run, looks.of(run.key(section)), most);
            thinned |= timeline.path("thinned").asBoolean();
            choice.add(Element.of("option")
                    .set("value", charts.keep(timeline))
                    .text(run.mix() + " · " + run.arm() + " · "
                            + run.run().file().getFileName()));
        }
        Element part = contents.part(3, prefix + "-timeline", "Over time")
                .add(
                        Styling.paragraph(
                                "note",
                                "A typical run of each way of sharing: the one in the middle by throughput. Second 0"
                                        + " is the tenants' common start."),
                        Element.of("p", "choice")
                                .add(
                                        Element.of("label")
                                                .set("for", prefix + "-run")
                                                .text("Run "),
                                        choice),
                        Element.of("div", "timeline")
                                .set("data-chart", "timeline")
                                .set("data-choice", prefix + "-run"),
                        Element.of("noscript")
                                .add(Styling.paragraph("note", "These charts are drawn by JavaScript, which is off.")));
        if (thinned) {
            part.add(Styling.paragraph(
                    "note",
                    "Long series are thinned: of each stretch of samples the lowest and the highest are drawn, about "
                            + most + " points a line. The files hold all."));
        }
        return Optional.of(part);
    }
}
