package io.gpushare.experiment.passthrough;

import io.gpushare.report.chart.GradeMap;
import io.gpushare.report.chart.GradeMap.Cell;
import io.gpushare.report.chart.GradeMap.Grade;
import io.gpushare.text.Figure;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** How often each load of each GPU was told right, to look at. */
public final class PassthroughPicture {
    private static final double GOOD = 0.9;
    private static final double MIDDLING = 0.7;
    private static final double POOR = 0.4;

    private PassthroughPicture() {}

    public static GradeMap of(Passthrough found) {
        return new GradeMap(
                PassthroughText.TITLE,
                "In how many states that were held back a load was told right. Dashed: no better than chance.",
                Arrays.stream(Load.values())
                        .map(load -> new GradeMap.Column(load.toString(), Optional.empty()))
                        .toList(),
                IntStream.range(0, found.gpus())
                        .mapToObj(gpu -> new GradeMap.Line(
                                "GPU " + found.index(gpu), PassthroughWords.best(found, gpu), cells(found, gpu)))
                        .toList(),
                List.of(PassthroughWords.setting(found)),
                found.simulated());
    }

    private static List<Cell> cells(Passthrough found, int gpu) {
        return Arrays.stream(Load.values()).map(load -> cell(found, gpu, load)).toList();
    }

    private static Cell cell(Passthrough found, int gpu, Load was) {
        if (found.tellings().isEmpty()) {
            return new Cell(Grade.UNKNOWN, "not tried", "");
        }
        Telling telling = found.tellings().get(gpu);
        int all = Arrays.stream(Load.values())
                .mapToInt(told -> telling.of(was, told))
                .sum();
        double share = all == 0 ? 0 : (double) telling.of(was, was) / all;
        return new Cell(
                found.verdict(gpu) == Telling.Verdict.CANNOT_TELL ? Grade.UNKNOWN : grade(share),
                telling.of(was, was) + " of " + all,
                Figure.percent(share));
    }

    private static Grade grade(double share) {
        if (share >= GOOD) {
            return Grade.GOOD;
        }
        if (share >= MIDDLING) {
            return Grade.WORSE;
        }
        return share >= POOR ? Grade.MUCH_WORSE : Grade.BAD;
    }
}
