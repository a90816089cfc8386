package io.gpushare.cli.stress;

import io.gpushare.experiment.stress.ModeStress;
import io.gpushare.experiment.stress.StepWork;
import io.gpushare.experiment.stress.StressAnswers;
import io.gpushare.experiment.stress.StressStep;
import io.gpushare.experiment.stress.StressWords;
import io.gpushare.report.text.Block;
import io.gpushare.report.text.Block.Grid;
import io.gpushare.report.text.Block.Heading;
import io.gpushare.report.text.Block.Notes;
import io.gpushare.report.text.Block.Paragraph;
import io.gpushare.study.metric.SloText;
import io.gpushare.text.Amount;
import io.gpushare.text.Figure;
import io.gpushare.text.ScaledNumber;
import io.gpushare.text.TextTable;
import io.gpushare.text.TextTable.Column;
import io.gpushare.text.TextTable.Row;
import io.gpushare.text.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** What was found, for the console, a plain file and Markdown: first the answers, then the steps. */
final class StressText {
    private final StressReport report;
    private final List<Block> blocks = new ArrayList<>();

    private StressText(StressReport report) {
        this.report = report;
    }

    static List<Block> of(StressReport report) {
        StressText text = new StressText(report);
        text.head();
        report.modes().forEach(text::mode);
        return text.blocks;
    }

    private void head() {
        blocks.add(new Heading(1, (report.simulated() ? "SIMULATED  " : "") + report.title()));
        if (report.simulated()) {
            blocks.add(new Paragraph(Tone.ATTENTION, "A model made these numbers; no GPU was measured."));
        }
        if (report.modes().size() > 1) {
            blocks.add(modes());
        }
        if (report.modes().stream().anyMatch(search -> search.unit().isEmpty())) {
            blocks.add(new Paragraph(
                    Tone.SECONDARY,
                    "The work of different workloads is counted in what one tenant of each does alone in the same"
                            + " mode."));
        }
        if (!report.leftOut().isEmpty()) {
            blocks.add(new Notes(report.leftOut().stream()
                    .map(left -> left.mode() + " was left out: " + left.why() + ".")
                    .toList()));
        }
    }

    private Block modes() {
        List<Column> columns = List.of(
                Column.text("Mode"),
                Column.number("Breaks at"),
                Column.text("By"),
                Column.number("Knee"),
                Column.number("Most work"),
                Column.text("Error"),
                Column.number("Keeps bound"),
                Column.number("Highest W"));
        List<Row> rows = report.modes().stream()
                .map(search -> new Row(Tone.PLAIN, cells(search)))
                .toList();
        return new Grid(withoutEmpty(new TextTable(columns, rows)));
    }

    private static List<String> cells(ModeStress search) {
        StressAnswers answers = search.answers();
        Optional<StepWork> best = answers.knee().map(StressAnswers.Knee::best).flatMap(StressStep::work);
        return List.of(
                search.mode(),
                answers.breaks().map(point -> Integer.toString(point.tenants())).orElse("> " + answers.most()),
                answers.breaks().map(point -> point.cause().words()).orElse(""),
                answers.knee()
                        .map(knee -> Integer.toString(knee.step().tenants()))
                        .orElse(Figure.UNKNOWN),
                best.map(work -> rate(search, work.total())).orElse(Figure.UNKNOWN),
                best.flatMap(StressLines::error).orElse(""),
                answers.within()
                        .map(within -> Integer.toString(within.tenants()))
                        .orElse(""),
                answers.power()
                        .map(power -> Amount.decimals(power.highestW(), 0))
                        .orElse(""));
    }

    private static String rate(ModeStress search, double total) {
        return search.unit()
                .map(unit -> ScaledNumber.perSecond(total, unit))
                .orElseGet(() -> Figure.of(total) + " × one");
    }

    private void mode(ModeStress search) {
        StressWords words = new StressWords(search);
        blocks.add(new Heading(2, search.mode() + ": " + words.headline()));
        point("Breaking point", words.breaks());
        words.knee().ifPresent(sentence -> point("Knee", sentence));
        words.within().ifPresent(sentence -> point(bounds(), sentence));
        words.power().ifPresent(sentence -> point("Power", sentence));
        words.energy().ifPresent(sentence -> point("Energy", sentence));
        if (!search.steps().isEmpty()) {
            blocks.add(steps(search));
        }
        if (!words.doubts().isEmpty()) {
            blocks.add(new Notes(words.doubts()));
        }
    }

    private void point(String label, String sentence) {
        blocks.add(new Block.Point("", Tone.PLAIN, label, sentence, List.of()));
    }

    /** {@code p99 ≤ 10 ms}; those of several workloads have room in the list of bounds only. */
    private String bounds() {
        List<String> bounds =
                report.slos().stream().map(SloText::bound).distinct().toList();
        return bounds.size() == 1 ? bounds.getFirst() : "Bounds";
    }

    private static Block steps(ModeStress search) {
        List<Column> columns = List.of(
                Column.number("Tenants"),
                Column.number(search.unit().map(unit -> unit + "s/s").orElse("× one alone")),
                Column.text("Error"),
                Column.number("Slowdown"),
                Column.number(SloText.percentile(search.tail()) + " ms"),
                Column.number("Mean W"),
                Column.number("Peak W"),
                Column.number("J a " + search.unit().orElse("unit")),
                Column.toned("Verdict"));
        List<Row> rows = search.steps().stream().map(StressText::row).toList();
        return new Grid(withoutEmpty(new TextTable(columns, rows)));
    }

    private static Row row(StressStep step) {
        Optional<StepWork> work = step.work();
        Tone tone = switch (step.outcome()) {
            case StressStep.Worked(StepWork did) -> did.doubts().isEmpty() ? Tone.GOOD : Tone.ATTENTION;
            case StressStep.Broke _ -> Tone.BAD;
            case StressStep.Unjudged _ -> Tone.ATTENTION;
        };
        return new Row(
                tone,
                List.of(
                        Integer.toString(step.tenants()),
                        work.map(did -> ScaledNumber.plain(did.total())).orElse(""),
                        work.flatMap(StressLines::error).orElse(""),
                        work.map(did -> Figure.of(did.slowdown()) + " ×").orElse(""),
                        work.flatMap(StepWork::tail)
                                .map(StressLines::milliseconds)
                                .orElse(""),
                        work.map(did -> whole(did.meanW())).orElse(""),
                        work.map(did -> whole(did.peakW())).orElse(""),
                        work.map(did -> figure(did.joulesPerUnit())).orElse(""),
                        StressLines.verdict(step)));
    }

    private static String whole(OptionalDouble value) {
        return value.isPresent() ? Amount.decimals(value.getAsDouble(), 0) : "";
    }

    private static String figure(OptionalDouble value) {
        return value.isPresent() ? Figure.of(value.getAsDouble()) : "";
    }

    /** Of what nothing is known, there is no column. */
    private static TextTable withoutEmpty(TextTable table) {
        List<Integer> shown = new ArrayList<>();
        for (int column = 0; column < table.columns().size(); column++) {
            int place = column;
            if (table.rows().stream().anyMatch(row -> !row.cells().get(place).isEmpty())) {
                shown.add(column);
            }
        }
        return new TextTable(
                shown.stream().map(table.columns()::get).toList(),
                table.rows().stream()
                        .map(row -> new Row(
                                row.tone(), shown.stream().map(row.cells()::get).collect(Collectors.toList())))
                        .toList());
    }
}
