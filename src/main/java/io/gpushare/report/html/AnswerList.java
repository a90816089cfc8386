package io.gpushare.report.html;

import io.gpushare.study.Answer;
import java.util.List;

/** Answers under the questions that they answer. */
final class AnswerList {
    private AnswerList() {}

    static Element of(List<Answer> answers) {
        Element list = Element.of("dl", "answers");
        for (Answer answer : answers) {
            Element said = Element.of("dd").add(sentence(answer));
            answer.command().map(Styling::command).ifPresent(said::add);
            list.add(Element.of("div")
                    .add(Element.of("dt").text(answer.topic().words()), said));
        }
        return list;
    }

    static Element sentence(Answer answer) {
        return Element.of("p").text(answer.text() + " ").add(Styling.badge(answer.confidence()));
    }
}
