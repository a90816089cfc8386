package io.gpushare.report.html;

import io.gpushare.report.ArmLooks;
import io.gpushare.report.MixOrder;
import io.gpushare.study.Section;
import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.Answer.Topic;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.metric.Confidence;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What to do, mix by mix: in large letters, above what it rests on. */
final class Recommendations {
    private static final Pattern END_OF_ADVICE = Pattern.compile(": |\\. |\\.$");

    private Recommendations() {}

    static Optional<Element> of(Section section, String prefix, ArmLooks looks, Contents contents) {
        Element cards = Element.of("div", "cards");
        MixOrder.mostComparedFirst(section).forEach(mix -> card(mix, looks).ifPresent(cards::add));
        if (cards.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                contents.part(3, prefix + "-recommendation", "What to do").add(cards, legend()));
    }

    private static Optional<Element> card(MixStudy mix, ArmLooks looks) {
        List<Answer> answers = mix.answers().stream()
                .filter(answer -> answer.topic() == Topic.RECOMMENDATION)
                .toList();
        if (answers.isEmpty()) {
            return Optional.empty();
        }
        Element card = Element.of("article", "card").add(Element.of("h4").text(mix.mix()));
        for (Answer answer : answers) {
            String advice = advice(answer.text());
            String reasons = answer.text().substring(advice.length()).replaceFirst("^[:.] ?", "");
            card.add(Element.of("p", "advice")
                    .add(Element.of("strong").text(advice))
                    .text(" ")
                    .add(Styling.badge(answer.confidence())));
            if (!reasons.isEmpty()) {
                card.add(Element.of("p").text(reasons.substring(0, 1).toUpperCase(Locale.ROOT) + reasons.substring(1)));
            }
        }
        ArmBars.ofWork(mix, looks).ifPresent(card::add);
        answers.forEach(answer -> answer.command().map(Styling::command).ifPresent(card::add));
        return Optional.of(card);
    }

    /** What comes before the reasons. */
    private static String advice(String text) {
        Matcher end = END_OF_ADVICE.matcher(text);
        return end.find() ? text.substring(0, end.start()) : text;
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
