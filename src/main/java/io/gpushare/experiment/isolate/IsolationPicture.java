package io.gpushare.experiment.isolate;

import io.gpushare.report.chart.GradeMap;
import io.gpushare.report.chart.GradeMap.Cell;
import io.gpushare.report.chart.GradeMap.Grade;
import java.util.List;
import java.util.Optional;

/** What was found out, to look at. */
public final class IsolationPicture {
    private static final double HALF = 0.5;

    private IsolationPicture() {}

    public static GradeMap of(Isolation isolation) {
        return new GradeMap(
                "What a neighbour can do to " + isolation.victim(),
                "What the victim keeps of its throughput while its neighbour misbehaves, and how many times longer its"
                        + " p99 is.",
                isolation.modes().stream()
                        .map(mode -> new GradeMap.Column(mode.title(), Optional.of(mode.kind())))
                        .toList(),
                isolation.misbehaviours().stream()
                        .map(what -> new GradeMap.Line(what.toString(), what.words(), cells(isolation, what)))
                        .toList(),
                List.of(isolation.where() + " · contained: keeps "
                        + isolation.thresholds().words()),
                isolation.simulated());
    }

    private static List<Cell> cells(Isolation isolation, Misbehaviour what) {
        return isolation.modes().stream().map(mode -> cell(mode.of(what))).toList();
    }

    private static Cell cell(Optional<Trial> trial) {
        return trial.map(one -> switch (one.outcome()) {
                    case Outcome.Unjudged _ -> new Cell(Grade.UNKNOWN, "not judged", "");
                    case Outcome.Judged judged -> cell(judged);
                })
                .orElseGet(() -> new Cell(Grade.UNKNOWN, "not tried", ""));
    }

    private static Cell cell(Outcome.Judged judged) {
        return switch (judged.containment()) {
            case CONTAINED -> new Cell(Grade.GOOD, "contained", IsolationWords.numbers(judged));
            case DEGRADED ->
                new Cell(
                        1 - judged.kept() > HALF ? Grade.MUCH_WORSE : Grade.WORSE,
                        "degraded",
                        IsolationWords.numbers(judged));
            case FATAL -> new Cell(Grade.BAD, "fatal", IsolationWords.numbers(judged));
        };
    }
}
