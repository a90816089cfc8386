package io.gpushare.experiment.isolate;

import io.gpushare.report.text.Block;
import io.gpushare.text.Figure;
import io.gpushare.text.TextTable;
import io.gpushare.text.TextTable.Column;
import io.gpushare.text.TextTable.Row;
import io.gpushare.text.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What was found out, for people: first the answer, then one table, then what it rests on. */
public final class IsolationText {
    private static final List<Column> DETAILS = List.of(
            Column.text("Neighbour"),
            Column.toned("Verdict"),
            Column.number("Keeps"),
            Column.number("p99").withRank(1),
            Column.number("Longest step").withRank(1),
            Column.text("Victim"),
            Column.text("Works again").withRank(2),
            Column.text("Its neighbour").withRank(3));

    private IsolationText() {}

    /** The answer and the table: for a terminal. */
    public static List<Block> summary(Isolation isolation) {
        List<Block> blocks = new ArrayList<>();
        if (isolation.simulated()) {
            blocks.add(new Block.Paragraph(
                    Tone.ATTENTION,
                    "SIMULATED. A model made these numbers; no GPU was measured. What a misbehaviour does there is"
                            + " assumed, but for what ends others or nobody under MPS."));
        }
        blocks.add(new Block.Paragraph(Tone.SECONDARY, isolation.where()));
        for (ModeTrials mode : isolation.modes()) {
            blocks.add(Block.point(
                    mark(mode.verdict()),
                    tone(mode.verdict()),
                    mode.title(),
                    IsolationWords.answer(mode, isolation.victim()),
                    Optional.empty()));
        }
        blocks.add(table(isolation));
        List<String> notes = new ArrayList<>(IsolationWords.limits(isolation));
        notes.add("Contained: the victim keeps " + isolation.thresholds().words()
                + " while its neighbour misbehaves, and afterwards. Degraded: less. Fatal: it dies. The number is the"
                + " share of its throughput that it keeps.");
        blocks.add(new Block.Notes(notes));
        return blocks;
    }

    /** All of it: for a file. */
    public static List<Block> whole(Isolation isolation) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Heading(1, "What a neighbour can do to " + isolation.victim()));
        blocks.addAll(summary(isolation));
        for (ModeTrials mode : isolation.modes()) {
            blocks.add(new Block.Heading(2, mode.title()));
            blocks.add(new Block.Grid(new TextTable(
                    DETAILS, mode.trials().stream().map(IsolationText::details).toList())));
            List<String> ends = mode.trials().stream()
                    .flatMap(trial -> IsolationWords.ends(trial).stream())
                    .toList();
            if (!ends.isEmpty()) {
                blocks.add(new Block.Notes(ends));
            }
        }
        blocks.add(new Block.Heading(2, "How it was found out"));
        blocks.add(new Block.Notes(List.of(
                "Victim and neighbour begin together. The neighbour only holds its context at first, then misbehaves,"
                        + " then is quiet again, if it lives. Each row is a run of its own.",
                "Keeps: the victim's throughput while its neighbour misbehaves, in percent of that in the quiet time"
                        + " before; p99: how much longer it is. A window that began earlier counts with the part"
                        + " that lies in that time. What happens at one moment is looked at for two seconds. ± is"
                        + " half of a 95 % interval, from how the victim's windows scatter before and afterwards.",
                "Works again: from the end of the misbehaviour until a window of a second is at the least throughput"
                        + " that counts as contained. For a victim that died: how long a new one took from its launch"
                        + " until it was ready, alone and in the same mode; usually is what the first one took.")));
        return blocks;
    }

    private static Block table(Isolation isolation) {
        List<Column> columns = new ArrayList<>();
        columns.add(Column.text("A neighbour that …"));
        columns.add(Column.text("").withRank(1));
        isolation.modes().forEach(mode -> columns.add(Column.text(mode.title())));
        List<Row> rows = isolation.misbehaviours().stream()
                .map(what -> new Row(
                        Tone.PLAIN,
                        Stream.concat(
                                        Stream.of(what.toString(), what.words()),
                                        isolation.modes().stream().map(mode -> IsolationWords.cell(mode.of(what))))
                                .toList()))
                .toList();
        return new Block.Grid(new TextTable(columns, rows));
    }

    private static Row details(Trial trial) {
        return switch (trial.outcome()) {
            case Outcome.Unjudged _ ->
                new Row(
                        Tone.SECONDARY,
                        List.of(
                                trial.what().toString(),
                                "not judged",
                                Figure.UNKNOWN,
                                Figure.UNKNOWN,
                                Figure.UNKNOWN,
                                Figure.UNKNOWN,
                                Figure.UNKNOWN,
                                Figure.UNKNOWN));
            case Outcome.Judged judged ->
                new Row(
                        tone(Optional.of(judged.containment())),
                        List.of(
                                trial.what().toString(),
                                judged.containment().toString(),
                                IsolationWords.kept(judged),
                                IsolationWords.p99(judged.p99Times()),
                                IsolationWords.longest(judged.during()),
                                judged.victimDied().isPresent() ? "dies" : "lives",
                                IsolationWords.recovery(judged.recovery()),
                                neighbour(trial.what(), judged)));
        };
    }

    private static String neighbour(Misbehaviour what, Outcome.Judged judged) {
        if (what.course() == Misbehaviour.Course.STANDS_STILL) {
            return "stands still";
        }
        return judged.neighbourFailed().isPresent() ? "dies" : "lives";
    }

    private static String mark(Optional<Containment> verdict) {
        return verdict.map(known -> switch (known) {
                    case CONTAINED -> "✓";
                    case DEGRADED -> "!";
                    case FATAL -> "✗";
                })
                .orElse("?");
    }

    private static Tone tone(Optional<Containment> verdict) {
        return verdict.map(known -> switch (known) {
                    case CONTAINED -> Tone.GOOD;
                    case DEGRADED -> Tone.ATTENTION;
                    case FATAL -> Tone.BAD;
                })
                .orElse(Tone.SECONDARY);
    }
}
