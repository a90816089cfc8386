package io.gpushare.report.html;

import io.gpushare.report.MixOrder;
import io.gpushare.study.Answer;
import io.gpushare.study.Answer.Topic;
import io.gpushare.study.Confidence;
import io.gpushare.study.MixStudy;
import io.gpushare.study.Section;
import java.util.List;
import java.util.Optional;

/** What to do, mix by mix. */
final class Recommendations {
    private Recommendations() {}

    static Optional<Element> of(Section section, String prefix, Contents contents) {
        Element cards = Element.of("div", "cards");
        MixOrder.mostComparedFirst(section).forEach(mix -> card(mix).ifPresent(cards::add));
        if (cards.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                contents.part(3, prefix + "-recommendation", "What to do").add(cards, legend()));
    }

    private static Optional<Element> card(MixStudy mix) {
        List<Answer> answers = mix.answers().stream()
                .filter(answer -> answer.topic() == Topic.RECOMMENDATION)
                .toList();
        if (answers.isEmpty()) {
            return Optional.empty();
        }
        Element card = Element.of("article", "card").add(Element.of("h4").text(mix.mix()));
        for (Answer answer : answers) {
            card.add(AnswerList.sentence(answer));
            answer.command().map(Styling::command).ifPresent(card::add);
        }
        return Optional.of(card);
    }

    private static Element legend() {
        Element list = Element.of("dl", "legend");
        for (Confidence confidence : Confidence.values()) {
            list.add(Element.of("div")
                    .add(
                            Element.of("dt").add(Styling.badge(confidence)),
                            Element.of("dd").text(confidence.meaning())));
        }
        return list;
    }
}
