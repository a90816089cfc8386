package io.gpushare.report.text;

import io.gpushare.report.text.Block.Command;
import io.gpushare.report.text.Block.Point;
import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.arm.Starvation;
import io.gpushare.study.metric.Confidence;
import io.gpushare.text.Amount;
import io.gpushare.text.Figure;
import io.gpushare.text.Tone;
import java.util.List;

/** Answers and findings, with a mark for how far each may be trusted. */
final class Points {
    /** What the marks mean. */
    static final String LEGEND =
            "✓\u00a0shown: the interval of the difference does not hold zero, and there are enough runs for that to"
                    + " mean something.  ~\u00a0indicated: every run of the one is beyond every run of the other, with"
                    + " means more than a tenth apart.  ?\u00a0open: the runs do not tell.  ·\u00a0a"
                    + " fact about the runs.";

    private Points() {}

    /** Whether there is something to say of it. */
    static boolean any(MixStudy mix) {
        return !mix.answers().isEmpty() || !mix.starvations().isEmpty();
    }

    static List<Point> of(List<Answer> answers) {
        return answers.stream().map(Points::of).toList();
    }

    private static Point of(Answer answer) {
        return Block.point(
                mark(answer.confidence()),
                tone(answer.confidence()),
                answer.topic().words(),
                answer.text(),
                answer.command());
    }

    /** {@code ✓ shown}. */
    static String marked(Confidence confidence) {
        return mark(confidence) + " " + confidence.word();
    }

    static Point of(String mix, Starvation starvation) {
        List<Command> cures = starvation.cures().stream()
                .map(cure -> new Command(
                        cure.text()
                                + cure.measured()
                                        .map(measured -> " " + measured)
                                        .orElse(""),
                        cure.command()))
                .toList();
        return new Point("!", Tone.BAD, "", mix + ": under " + sentence(starvation), cures);
    }

    static Point withoutCures(Starvation starvation) {
        return new Point("!", Tone.BAD, "", "Under " + sentence(starvation), List.of());
    }

    private static String sentence(Starvation starvation) {
        return "%s, %s runs %s times slower than alone, and its neighbour %s %s times: %s times as much (%s)."
                .formatted(
                        starvation.arm().label(),
                        starvation.victim(),
                        Figure.of(starvation.slowdown()),
                        starvation.neighbour(),
                        Figure.of(starvation.neighbourSlowdown()),
                        Figure.of(starvation.factor()),
                        Amount.of(starvation.runs(), "run"));
    }

    private static String mark(Confidence confidence) {
        return switch (confidence) {
            case SHOWN -> "✓";
            case INDICATED -> "~";
            case OPEN -> "?";
            case FACT -> "·";
        };
    }

    static Tone tone(Confidence confidence) {
        return switch (confidence) {
            case SHOWN -> Tone.GOOD;
            case INDICATED, OPEN -> Tone.ATTENTION;
            case FACT -> Tone.SECONDARY;
        };
    }
}
