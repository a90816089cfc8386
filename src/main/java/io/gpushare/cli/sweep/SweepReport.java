package io.gpushare.cli.sweep;

import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Style;
import io.gpushare.experiment.sweep.LeftOut;
import io.gpushare.experiment.sweep.OpenComparison;
import io.gpushare.experiment.sweep.Rounds;
import io.gpushare.experiment.sweep.SweepCell;
import io.gpushare.experiment.sweep.SweepMatrix;
import io.gpushare.experiment.sweep.SweepOutcome;
import io.gpushare.experiment.sweep.SweepPlan;
import io.gpushare.text.Amount;
import io.gpushare.text.Durations;
import io.gpushare.text.SafeText;
import io.gpushare.text.TableColumns;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A sweep in words: what there is to do, and what came of it. */
final class SweepReport {
    private static final int MOST_LINES = 12;

    private final Console console;

    SweepReport(Console console) {
        this.console = console;
    }

    /** What {@code --dry-run} says: every cell, and what each round runs besides. */
    void cells(SweepMatrix matrix, Rounds rounds) {
        new TableColumns<SweepCell>()
                .text("Cell", SweepCell::name)
                .text("Compared with", cell -> String.join(", ", cell.baselines()))
                .of(matrix.cells())
                .lines(console.columns())
                .forEach(console.out()::println);
        matrix.baselines().forEach(baseline -> console.out().println(baseline.name() + "  (a baseline)"));
        console.out().println();
        console.out().println(count(matrix, rounds) + ".");
        together(matrix.leftOut()).forEach(line -> console.out().println("left out: " + line));
    }

    /** {@code 6 cells and 2 baselines in 3 rounds: 24 runs}. */
    static String count(SweepMatrix matrix, Rounds rounds) {
        int runs = matrix.runs().size();
        String all = Amount.of(matrix.cells().size(), "cell")
                + (matrix.baselines().isEmpty()
                        ? ""
                        : " and " + Amount.of(matrix.baselines().size(), "baseline"));
        return rounds.fixed().isPresent()
                ? all + " in " + SweepWords.rounds(rounds.fixed().getAsInt()) + ": "
                        + Amount.of((long) runs * rounds.fixed().getAsInt(), "run")
                : all + ", in rounds of " + Amount.of(runs, "run") + " until the comparisons are decided, at most "
                        + rounds.atMost();
    }

    /** Those with one reason together. */
    static List<String> together(List<LeftOut> cells) {
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        cells.forEach(cell ->
                byReason.computeIfAbsent(cell.why(), _ -> new ArrayList<>()).add(cell.cell()));
        return byReason.entrySet().stream()
                .map(entry -> SafeText.of(String.join(", ", entry.getValue()) + ": " + entry.getKey()))
                .toList();
    }

    void begins(SweepMatrix matrix, SweepPlan.Conduct conduct, Path folder, int done, Optional<Duration> left) {
        long runs = (long) matrix.runs().size() * conduct.rounds().last() - done;
        console.err()
                .println(console.styledForErr(Style.HEADING, "Sweep " + folder.getFileName()) + ": "
                        + count(matrix, conduct.rounds())
                        + left.map(duration ->
                                        ", about " + Durations.about(duration) + fitting(runs, duration, conduct))
                                .orElse("")
                        + ". Results go to "
                        + folder + ".");
        if (done > 0) {
            console.err()
                    .println("Going on: " + Amount.of(done, "run") + " of it " + (done == 1 ? "is" : "are")
                            + " done already.");
        }
        together(matrix.leftOut()).forEach(line -> console.tell(Style.ATTENTION, "left out:", line));
    }

    private static String fitting(long runs, Duration left, SweepPlan.Conduct conduct) {
        return conduct.within()
                .filter(within -> within.compareTo(left) < 0)
                .map(within -> "; " + Durations.about(within) + " are enough for about "
                        + Amount.of(runs * within.toMillis() / left.toMillis(), "run"))
                .orElse("");
    }

    void ended(SweepOutcome outcome, SweepMatrix matrix, List<OpenComparison> open, Path folder, boolean analysed) {
        line("");
        if (outcome.interrupted()) {
            line(console.styled(Style.ATTENTION, "Interrupted") + ": " + outcome.done() + " of "
                    + Amount.of(outcome.runs(), "run") + " are done. The same command goes on from here.");
        } else if (outcome.outOfTime()) {
            line(console.styled(Style.ATTENTION, "The time is up") + ": " + outcome.done() + " of "
                    + Amount.of(outcome.runs(), "run") + " are done. The same command goes on from here.");
        } else {
            line(Amount.of(outcome.done(), "run") + " in " + SweepWords.rounds(outcome.rounds())
                    + (outcome.failed().isEmpty()
                            ? ", none failed."
                            : ", " + outcome.failed().size() + " failed."));
        }
        several(together(outcome.failed().stream()
                        .map(run -> new LeftOut(run.cell() + " in round " + run.round(), run.why()))
                        .toList())
                .stream()
                .map(text -> console.styled(Style.BAD, "failed twice") + ": " + text)
                .toList());
        if (!outcome.inexact().isEmpty()) {
            line(console.styled(Style.ATTENTION, "not precise enough") + ", also when run again: "
                    + outcome.inexact().stream()
                            .limit(MOST_LINES)
                            .map(run -> run.cell() + " in round " + run.round())
                            .collect(Collectors.joining(", "))
                    + ". A longer --duration helps.");
        }
        List<LeftOut> all = new ArrayList<>(matrix.leftOut());
        all.addAll(outcome.leftOut());
        several(together(all).stream()
                .map(text -> console.styled(Style.ATTENTION, "left out") + ": " + text)
                .toList());
        several(open.stream()
                .map(comparison ->
                        console.styled(Style.ATTENTION, "still open") + ": " + SafeText.of(comparison.words()))
                .toList());
        if (!analysed) {
            line("No run counts, so there is nothing to compare.");
        }
        line("Runs, plan and report are in " + console.styled(Style.COMMAND, folder.toString()));
    }

    private void several(List<String> lines) {
        lines.stream().limit(MOST_LINES).forEach(this::line);
        if (lines.size() > MOST_LINES) {
            line("and " + (lines.size() - MOST_LINES) + " more; --json tells them all");
        }
    }

    private void line(String text) {
        console.out().println(text);
    }
}
