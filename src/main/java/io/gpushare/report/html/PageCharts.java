package io.gpushare.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The charts that the page's script draws, and their data, which stand at the page's end. */
final class PageCharts {
    private final List<Element> data = new ArrayList<>();

    /** @return the identifier by which a chart names its data */
    String keep(JsonNode chartData) {
        String id = "data-" + data.size();
        data.add(Element.of("script")
                .set("type", "application/json")
                .set("id", id)
                .add(Embedded.json(chartData)));
        return id;
    }

    /**
     * A chart with its caption.
     *
     * @param name for those who cannot see it
     */
    Element figure(String kind, String caption, String name, JsonNode chartData) {
        return Element.of("figure", "chart")
                .add(
                        Element.of("figcaption").text(caption),
                        Element.of("div", "plot")
                                .set("data-chart", kind)
                                .set("data-source", keep(chartData))
                                .set("role", "group")
                                .set("aria-label", name),
                        Element.of("noscript")
                                .add(Styling.paragraph(
                                        "note",
                                        "This chart is drawn by JavaScript, which is off. Tables hold its numbers.")));
    }

    Stream<Element> data() {
        return data.stream();
    }
}
