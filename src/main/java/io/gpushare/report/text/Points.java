package io.gpushare.report.text;

import io.gpushare.report.text.Block.Command;
import io.gpushare.report.text.Block.Point;
import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.Starvation;
import io.gpushare.study.metric.Confidence;
import io.gpushare.text.Amount;
import io.gpushare.text.Tone;
import java.util.List;

/** Answers and findings, with a mark for how far each may be trusted. */
final class Points {
    /** What the marks mean. */
    static final String LEGEND =
            "✓\u00a0shown: the interval of the difference does not hold zero, and there are enough runs for that to"
                    + " mean something.  ~\u00a0indicated: every run of the one is beyond every run of the other, with means"
                    + " more than a tenth apart.  ?\u00a0open: the runs do not tell."
                    + "  ·\u00a0a fact about the runs.";

    private Points() {}

    static List<Block> of(List<Answer> answers) {
        return answers.stream().map(Points::of).toList();
    }

    private static Block of(Answer answer) {
        return Block.point(
                mark(answer.confidence()),
                tone(answer.confidence()),
                answer.topic().words(),
                answer.text(),
                answer.command());
    }

    /** In one sentence with the mix, and without what to type. */
    static Block brief(String mix, Answer answer) {
        return new Point(
                mark(answer.confidence()), tone(answer.confidence()), "", mix + ": " + answer.text(), List.of());
    }

    static Point of(String mix, Starvation starvation) {
        String sentence =
                "%s: under %s, %s runs %s times slower than alone, and its neighbour %s %s times: %s times as much (%s)."
                        .formatted(
                                mix,
                                starvation.arm().label(),
                                starvation.victim(),
                                Figures.of(starvation.slowdown()),
                                starvation.neighbour(),
                                Figures.of(starvation.neighbourSlowdown()),
                                Figures.of(starvation.factor()),
                                Amount.of(starvation.runs(), "run"));
        List<Command> cures = starvation.cures().stream()
                .map(cure -> new Command(
                        cure.text()
                                + cure.measured()
                                        .map(measured -> " " + measured)
                                        .orElse(""),
                        cure.command()))
                .toList();
        return new Point("!", Tone.BAD, "", sentence, cures);
    }

    private static String mark(Confidence confidence) {
        return switch (confidence) {
            case SHOWN -> "✓";
            case INDICATED -> "~";
            case OPEN -> "?";
            case FACT -> "·";
        };
    }

    private static Tone tone(Confidence confidence) {
        return switch (confidence) {
            case SHOWN -> Tone.GOOD;
            case INDICATED, OPEN -> Tone.ATTENTION;
            case FACT -> Tone.SECONDARY;
        };
    }
}
