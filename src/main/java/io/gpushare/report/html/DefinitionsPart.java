package io.gpushare.report.html;

import io.gpushare.study.Study;
import io.gpushare.study.metric.Metric;
import java.util.Collection;
import java.util.Optional;

/** How each metric on the page is defined, and what stands beside its numbers. */
final class DefinitionsPart {
    private DefinitionsPart() {}

    static Optional<Element> of(Study study, Contents contents) {
        Collection<Metric> metrics = study.metrics();
        if (metrics.isEmpty()) {
            return Optional.empty();
        }
        Element list = Element.of("dl", "definitions");
        for (Metric metric : metrics) {
            Element term = Element.of("dt").text(metric.label());
            if (!metric.unit().isEmpty()) {
                term.text(" ").add(Element.of("small").text(metric.unit()));
            }
            list.add(Element.of("div").add(term, Element.of("dd").text(metric.definition())));
        }
        return Optional.of(contents.part(2, "definitions", "How it is computed")
                .add(
                        list,
                        Element.of("p")
                                .text("A value is the mean of n runs. The interval beside it holds that mean in 95"
                                        + " of 100 repetitions, by bootstrap over the runs (seed "
                                        + study.options().seed()
                                        + "); fewer than six runs cannot reach that. Of one run, ± is half of its 95 %"
                                        + " interval by what was seen within it: repeats may differ by more."
                                        + " “best” marks the best mean, whether or not the difference is"
                                        + " shown.")));
    }
}
