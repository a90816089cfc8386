package io.gpushare.cli.sweep;

import io.gpushare.cli.bench.RunWords;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Style;
import io.gpushare.experiment.sweep.CellRunner.Position;
import io.gpushare.experiment.sweep.LeftOut;
import io.gpushare.experiment.sweep.SweepCell;
import io.gpushare.experiment.sweep.SweepListener;
import io.gpushare.experiment.sweep.SweepMatrix;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.text.Durations;
import io.gpushare.text.SafeText;
import java.time.Duration;
import java.util.Optional;

/** A line on stderr for each run that has ended. */
final class SweepLines implements SweepListener {
    private static final int WIDEST_NAME = 60;
    private static final int WORK_WIDTH = 30;

    private final Console console;
    private final boolean silent;
    private final int nameWidth;

    /** @param silent tells only what speaks against a run */
    SweepLines(Console console, SweepMatrix matrix, boolean silent) {
        this.console = console;
        this.silent = silent;
        this.nameWidth = matrix.runs().stream()
                .mapToInt(cell -> Math.min(WIDEST_NAME, cell.name().length()))
                .max()
                .orElse(0);
    }

    @Override
    public void finished(Position position, SweepCell cell, RunResult result, boolean again, Optional<Duration> left) {
        boolean valid = result.verdict().valid();
        if (silent && valid) {
            return;
        }
        String verdict =
                console.styledForErr(valid ? Style.GOOD : Style.BAD, SafeText.of(RunWords.verdict(result.verdict())));
        say(position.words() + " " + padded(cell.name(), nameWidth) + "  "
                + padded(SafeText.of(RunWords.work(result)), WORK_WIDTH) + "  " + verdict
                + (again ? ", will be run again" : "")
                + left.filter(duration -> !duration.isZero())
                        .map(duration -> "   ETA " + Durations.about(duration))
                        .orElse(""));
    }

    @Override
    public void failed(Position position, SweepCell cell, String why, boolean again) {
        say(position.words() + " " + padded(cell.name(), nameWidth) + "  "
                + console.styledForErr(Style.BAD, "failed") + ": " + SafeText.of(why)
                + (again ? "; will be run again" : ""));
    }

    @Override
    public void leftOut(LeftOut cell) {
        say(console.styledForErr(Style.ATTENTION, "left out:") + " " + cell.cell() + ": " + SafeText.of(cell.why()));
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private void say(String line) {
        console.err().println(line.replaceAll("\\s", " "));
    }
}
