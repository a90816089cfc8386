package io.gpushare.report.html;

import io.gpushare.report.ArmLooks;
import io.gpushare.study.Section;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.arm.Starvation;
import io.gpushare.study.arm.Starvation.Cure;
import io.gpushare.text.Amount;
import io.gpushare.text.Figure;
import java.util.Optional;

/** Tenants that their neighbours starve, and what helps. */
final class StarvationPart {
    private StarvationPart() {}

    static Optional<Element> of(Section section, String prefix, ArmLooks looks, Contents contents) {
        Element findings = Element.of("div", "cards");
        section.mixes()
                .forEach(mix -> mix.starvations().forEach(starvation -> findings.add(finding(mix, starvation, looks))));
        return findings.isEmpty()
                ? Optional.empty()
                : Optional.of(contents.part(3, prefix + "-starvation", "Starved tenants")
                        .add(findings));
    }

    private static Element finding(MixStudy mix, Starvation starvation, ArmLooks looks) {
        Element card = Element.of("article", "card starved")
                .add(
                        Element.of("h4").text(mix.mix()),
                        Element.of("p")
                                .add(
                                        Styling.mark(looks.of(starvation.arm())),
                                        Element.of("strong")
                                                .text(starvation.arm().label()))
                                .text(": " + words(starvation)));
        Element cures = Element.of("ol", "cures");
        for (Cure cure : starvation.cures()) {
            Element item = Element.of("li").add(Element.of("p").text(cure.text()));
            cure.measured().ifPresent(measured -> item.add(Styling.paragraph("measured", measured)));
            cures.add(item.add(Styling.command(cure.command())));
        }
        return cures.isEmpty() ? card : card.add(cures);
    }

    private static String words(Starvation starvation) {
        return starvation.victim() + " is slowed " + Figure.of(starvation.slowdown()) + " times and "
                + starvation.neighbour() + " beside it " + Figure.of(starvation.neighbourSlowdown())
                + " times: a factor of "
                + Figure.of(starvation.factor()) + " (" + Amount.of(starvation.runs(), "run") + ").";
    }
}
