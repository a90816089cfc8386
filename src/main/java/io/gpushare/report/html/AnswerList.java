package io.gpushare.report.html;

import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.Answer.Topic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Answers beside the questions that they answer. */
final class AnswerList {
    private AnswerList() {}

    static Element of(List<Answer> answers) {
        Element list = Element.of("dl", "answers");
        Map<Topic, List<Answer>> byTopic =
                answers.stream().collect(Collectors.groupingBy(Answer::topic, LinkedHashMap::new, Collectors.toList()));
        byTopic.forEach((topic, said) -> list.add(Element.of("div")
                .add(Element.of("dt").text(topic.words()))
                .addAll(said.stream().map(AnswerList::answer))));
        return list;
    }

    private static Element answer(Answer answer) {
        Element said = Element.of("dd").add(sentence(answer));
        answer.command().map(Styling::command).ifPresent(said::add);
        return said;
    }

    static Element sentence(Answer answer) {
        return Element.of("p").text(answer.text() + " ").add(Styling.badge(answer.confidence()));
    }
}
