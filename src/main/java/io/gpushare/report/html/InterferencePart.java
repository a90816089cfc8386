package io.gpushare.report.html;

import io.gpushare.report.ArmLooks;
import io.gpushare.report.HeatScale;
import io.gpushare.study.InterferenceMatrix;
import io.gpushare.study.InterferenceMatrix.Cell;
import io.gpushare.study.Section;
import io.gpushare.text.Figure;
import java.util.List;
import java.util.Optional;

/** Who slows whom: a table whose cells are the darker the more a neighbour slows its victim. */
final class InterferencePart {
    private InterferencePart() {}

    static Optional<Element> of(Section section, String prefix, ArmLooks looks, Contents contents) {
        if (section.interference().isEmpty()) {
            return Optional.empty();
        }
        HeatScale heat = HeatScale.of(section);
        return Optional.of(contents.part(3, prefix + "-interference", "Who slows whom")
                .addAll(section.interference().stream().map(matrix -> matrix(matrix, looks, heat))));
    }

    private static Element matrix(InterferenceMatrix matrix, ArmLooks looks, HeatScale heat) {
        Element head = Element.of("tr").add(Styling.columnHead("Tenant, beside …"));
        matrix.variants()
                .forEach(neighbour -> head.add(
                        Element.of("th", "neighbour").set("scope", "col").text(neighbour)));
        Element body = Element.of("tbody");
        for (int i = 0; i < matrix.variants().size(); i++) {
            body.add(row(matrix, i, heat));
        }
        Element caption = Element.of("caption")
                .add(Styling.mark(looks.of(matrix.arm())))
                .text(matrix.name() + ": how many times slower than alone");
        return Styling.scroll(
                "Slowdown, " + matrix.name(),
                Element.of("table", "heat").add(caption, Element.of("thead").add(head), body));
    }

    private static Element row(InterferenceMatrix matrix, int victim, HeatScale heat) {
        String name = matrix.variants().get(victim);
        Element row = Element.of("tr").add(Element.of("th").set("scope", "row").text(name));
        List<Optional<Cell>> cells = matrix.cells().get(victim);
        for (int i = 0; i < cells.size(); i++) {
            String neighbour = matrix.variants().get(i);
            row.add(cells.get(i)
                    .map(cell -> cell(cell, name, neighbour, heat))
                    .orElseGet(() -> Element.of("td", "absent").text("not known")));
        }
        return row;
    }

    private static Element cell(Cell cell, String victim, String neighbour, HeatScale heat) {
        return Element.of("td", Styling.heat(heat.share(cell.slowdown())))
                .set("data-label", "beside " + neighbour)
                .set("title", victim + " beside " + neighbour)
                .text(Figure.of(cell.slowdown()) + " ×")
                .add(Element.of("small").text("n = " + cell.n()));
    }
}
