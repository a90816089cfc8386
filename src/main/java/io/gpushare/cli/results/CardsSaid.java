package io.gpushare.cli.results;

import io.gpushare.results.reading.ReadingProgress;
import io.gpushare.results.reading.ResultReading;
import io.gpushare.results.stored.ReadResults;
import io.gpushare.study.Study;
import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.Answer.Topic;
import io.gpushare.study.metric.StudyOptions;
import java.nio.file.Path;
import java.util.List;

/** What {@code gpushare analyze} says of the cards of these results, for a command that has just written them. */
public final class CardsSaid {
    private CardsSaid() {}

    public static List<Answer> of(List<Path> results) {
        if (results.isEmpty()) {
            return List.of();
        }
        ReadResults read =
                ResultReading.read(results.stream().map(Path::toString).toList(), ReadingProgress.NONE);
        return Study.of(read.runs(), StudyOptions.DEFAULT).sections().stream()
                .flatMap(section -> section.families().stream())
                .flatMap(family -> family.mixes().stream())
                .flatMap(mix -> mix.answers().stream())
                .filter(answer -> answer.topic() == Topic.CARDS || answer.topic() == Topic.NEIGHBOURS)
                .toList();
    }
}
