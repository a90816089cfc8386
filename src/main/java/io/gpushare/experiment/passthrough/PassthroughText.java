package io.gpushare.experiment.passthrough;

import io.gpushare.report.text.Block;
import io.gpushare.text.Figure;
import io.gpushare.text.TextTable;
import io.gpushare.text.TextTable.Column;
import io.gpushare.text.TextTable.Row;
import io.gpushare.text.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What was found out, for people: first the answer, then a row for each GPU, then what it rests on. */
public final class PassthroughText {
    public static final String TITLE = "Can the machine's sensors alone tell which GPU works?";

    private static final List<Column> GPUS = List.of(
            Column.number("GPU"),
            Column.toned("Sensors"),
            Column.number("Load told right"),
            Column.number("Works or rests").withRank(1),
            Column.number("Load off by"),
            Column.number("As well by chance").withRank(2),
            Column.text("Told most by, from idle to full").withRank(3));

    private PassthroughText() {}

    /** The answer and the table: for a terminal. */
    public static List<Block> summary(Passthrough found) {
        List<Block> blocks = new ArrayList<>();
        if (found.simulated()) {
            blocks.add(new Block.Paragraph(
                    Tone.ATTENTION,
                    "SIMULATED. A model made these numbers; no GPU and no sensor was read. How sensors answer to GPUs"
                            + " is assumed there."));
        }
        blocks.add(new Block.Paragraph(Tone.SECONDARY, PassthroughWords.setting(found)));
        blocks.add(Block.point(
                mark(found.answer()),
                tone(found.answer()),
                "Which GPU works?",
                PassthroughWords.answer(found),
                Optional.empty()));
        if (!found.tellings().isEmpty()) {
            blocks.add(new Block.Grid(new TextTable(
                    GPUS,
                    IntStream.range(0, found.gpus())
                            .mapToObj(gpu -> row(found, gpu))
                            .toList())));
        }
        blocks.add(new Block.Notes(PassthroughWords.notes(found)));
        return blocks;
    }

    private static Row row(Passthrough found, int gpu) {
        Telling telling = found.tellings().get(gpu);
        return new Row(
                tone(found.verdict(gpu)),
                List.of(
                        Integer.toString(found.index(gpu)),
                        PassthroughWords.verdict(found.verdict(gpu)),
                        PassthroughWords.right(telling.right(), telling),
                        PassthroughWords.right(telling.rightWhetherItWorks(), telling),
                        Figure.percent(telling.error()),
                        PassthroughWords.chance(telling),
                        PassthroughWords.best(found, gpu)));
    }

    /** All of it: for a file. */
    public static List<Block> whole(Passthrough found) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Heading(1, TITLE));
        blocks.addAll(summary(found));
        if (!found.sensors().isEmpty()) {
            blocks.add(new Block.Heading(2, "What each sensor shows of each GPU, from idle to full load"));
            blocks.add(new Block.Grid(sensors(found)));
        }
        blocks.add(new Block.Heading(2, "States"));
        blocks.add(new Block.Grid(states(found)));
        blocks.add(new Block.Heading(2, "How it was found out"));
        blocks.add(new Block.Notes(List.of(
                "Each state lasts as long. Before and behind each round all GPUs rest, as a reference. The order of"
                        + " the states is drawn anew each round.",
                "A sensor is taken as a sum: what it shows at rest, and a share of each GPU's load, fitted by least"
                        + " squares; what is left over is its noise. Loads are then guessed from all sensors together,"
                        + " each by how much it stands out of its noise, and called by the nearest of idle, half and"
                        + " full.",
                "The combinations are dealt out into five parts. Each part is told by what was learned from the other"
                        + " four, so no state is told by itself.",
                "Off by: the root of the mean square of the difference between the load that was told and the one"
                        + " that was, in percent of a full load. As well by chance: in how many of "
                        + HeldBack.trials(found.gpus())
                        + " trials sensors told as well when the loads of the combinations were mixed up. It has to be"
                        + " 1 % or less for all GPUs together.",
                "Only sensors of the baseboard (IPMI, DCMI) are used. The GPUs' own power is in the table of states"
                        + " for those who want to check that the loads were what they are called.")));
        return blocks;
    }

    private static TextTable sensors(Passthrough found) {
        List<Column> columns = new ArrayList<>();
        columns.add(Column.text("Sensor"));
        columns.add(Column.text("Unit"));
        IntStream.range(0, found.gpus()).forEach(gpu -> columns.add(Column.number("GPU " + found.index(gpu))));
        columns.add(Column.number("Noise"));
        columns.add(Column.number("States"));
        columns.add(Column.number("With gaps"));
        columns.add(Column.number("Drift at rest"));
        List<Row> rows = new ArrayList<>();
        for (SensorShare sensor : found.sensors()) {
            boolean depends = !sensor.changes().isEmpty();
            List<String> cells = new ArrayList<>(List.of(sensor.sensor(), sensor.unit()));
            for (int gpu = 0; gpu < found.gpus(); gpu++) {
                cells.add(depends ? PassthroughWords.change(sensor.changes().get(gpu)) : Figure.UNKNOWN);
            }
            cells.add(depends ? Figure.of(sensor.noise()) : Figure.UNKNOWN);
            cells.add(Integer.toString(sensor.states()));
            cells.add(Integer.toString(sensor.gaps()));
            cells.add(
                    sensor.drift().isPresent()
                            ? PassthroughWords.change(sensor.drift().getAsDouble())
                            : Figure.UNKNOWN);
            rows.add(new Row(Tone.PLAIN, cells));
        }
        return new TextTable(columns, rows);
    }

    private static TextTable states(Passthrough found) {
        List<Column> columns = new ArrayList<>();
        columns.add(Column.number("Round"));
        columns.add(Column.text("Loads"));
        IntStream.range(0, found.gpus()).forEach(gpu -> columns.add(Column.number("GPU " + found.index(gpu) + " W")));
        columns.add(Column.number("Sensors with gaps"));
        List<Row> rows = new ArrayList<>();
        for (StateReading state : found.states()) {
            List<String> cells = new ArrayList<>(List.of(
                    Integer.toString(state.state().round()),
                    state.state().combination().name()));
            state.gpus()
                    .forEach(gpu ->
                            cells.add(gpu.powerW().asOptional().map(Figure::of).orElse(Figure.UNKNOWN)));
            cells.add(Long.toString(state.sensors().stream()
                    .filter(StateReading.SensorLevel::hasGaps)
                    .count()));
            rows.add(new Row(Tone.PLAIN, cells));
        }
        return new TextTable(columns, rows);
    }

    private static String mark(Passthrough.Answer answer) {
        return switch (answer) {
            case TELLS -> "✓";
            case TELLS_IN_PART -> "!";
            case CANNOT_TELL -> "?";
        };
    }

    private static Tone tone(Passthrough.Answer answer) {
        return switch (answer) {
            case TELLS -> Tone.GOOD;
            case TELLS_IN_PART -> Tone.ATTENTION;
            case CANNOT_TELL -> Tone.SECONDARY;
        };
    }

    private static Tone tone(Telling.Verdict verdict) {
        return switch (verdict) {
            case TELLS -> Tone.GOOD;
            case HINTS -> Tone.ATTENTION;
            case CANNOT_TELL -> Tone.SECONDARY;
        };
    }
}
