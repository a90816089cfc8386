package io.gpushare.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.Section;
import io.gpushare.text.Amount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** On what the runs were measured: everything that they recorded, each value with the number of runs that had it. */
final class EnvironmentPart {
    private static final int MOST_VALUES = 12;

    private EnvironmentPart() {}

    static Element of(Section section, String prefix, Contents contents) {
        List<StoredRun> runs =
                section.arms().flatMap(arm -> arm.runs().stream()).toList();
        Map<String, Map<String, Integer>> recorded = new LinkedHashMap<>();
        for (StoredRun run : runs) {
            Map<String, String> ofRun = new LinkedHashMap<>();
            collect(run.result().environment(), "", ofRun);
            ofRun.forEach((name, value) -> recorded.computeIfAbsent(name, none -> new LinkedHashMap<>())
                    .merge(value, 1, Integer::sum));
        }
        Element body = Element.of("tbody");
        recorded.forEach((name, values) -> body.add(row(name, values, runs.size())));
        Element part = contents.part(3, prefix + "-environment", "Environment");
        if (!section.cards().isEmpty()) {
            part.add(Styling.paragraph(
                    "note", Amount.of(section.cards().size(), "card") + ": " + String.join(", ", section.cards())));
        }
        return part.add(Styling.folded(Element.of("strong").text("All that the runs recorded"))
                .add(Styling.scroll(
                        "Environment", Element.of("table", "environment").add(body))));
    }

    private static Element row(String name, Map<String, Integer> values, int runs) {
        Element cell = Element.of("td");
        values.entrySet().stream().limit(MOST_VALUES).forEach(value -> {
            Element line = Element.of("div").text(value.getKey());
            if (values.size() > 1 || value.getValue() < runs) {
                line.text(" ").add(Element.of("small").text("in " + Amount.of(value.getValue(), "run")));
            }
            cell.add(line);
        });
        if (values.size() > MOST_VALUES) {
            cell.add(Element.of("small").text("and " + (values.size() - MOST_VALUES) + " more"));
        }
        return Element.of("tr").add(Element.of("th").set("scope", "row").text(name), cell);
    }

    private static void collect(JsonNode node, String path, Map<String, String> leaves) {
        switch (node.getNodeType()) {
            case OBJECT ->
                node.properties()
                        .forEach(member -> collect(
                                member.getValue(),
                                path.isEmpty() ? words(member.getKey()) : path + " · " + words(member.getKey()),
                                leaves));
            case ARRAY -> node.forEach(item -> collect(item, path, leaves));
            case NULL, MISSING -> {}
            case BINARY, BOOLEAN, NUMBER, POJO, STRING ->
                leaves.merge(
                        path, node.asText(), (earlier, next) -> earlier.equals(next) ? earlier : earlier + ", " + next);
        }
    }

    private static String words(String field) {
        return field.replace('_', ' ');
    }
}
