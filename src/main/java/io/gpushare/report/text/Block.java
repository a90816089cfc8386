package io.gpushare.report.text;

import io.gpushare.text.TableColumns;
import io.gpushare.text.TextTable;
import io.gpushare.text.TextTable.Column;
import io.gpushare.text.TextTable.Row;
import io.gpushare.text.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A part of a text, in the order of reading. Its words may come from anybody's files: whoever renders them makes them
 * harmless.
 */
public sealed interface Block {

    /** @param level from 1, the widest */
    record Heading(int level, String text) implements Block {}

    record Paragraph(Tone tone, String text) implements Block {}

    /**
     * A sentence that stands for itself.
     *
     * @param mark a character that tells its weight; {@code label} what it is about
     * @param commands what to type about it, one a line
     */
    record Point(String mark, Tone tone, String label, String text, List<Command> commands) implements Block {
        public Point {
            commands = List.copyOf(commands);
        }

        Point withoutLabel() {
            return new Point(mark, tone, "", text, commands);
        }
    }

    /**
     * As many points as fit into a few lines, without their labels; how many more there are is said.
     *
     * @param rest where these are: {@code in the report}
     */
    record Excerpt(int mostLines, List<Point> points, String rest) implements Block {
        public Excerpt {
            points = List.copyOf(points);
        }

        /** Returns the first points, and a line that says how many more there are. */
        List<Block> first(int shown) {
            List<Block> blocks = new ArrayList<>();
            points.stream().limit(shown).map(Point::withoutLabel).forEach(blocks::add);
            int more = points.size() - shown;
            if (more > 0) {
                String sentence = "And " + more + " more " + (more == 1 ? "answer" : "answers") + ": " + rest + ".";
                blocks.add(new Lines(List.of(new Line(Tone.SECONDARY, "  ", sentence))));
            }
            return blocks;
        }
    }

    /** @param text what it is for; empty where that was said */
    record Command(String text, String line) {}

    /** Sentences of equal weight. */
    record Notes(List<String> sentences) implements Block {
        public Notes {
            sentences = List.copyOf(sentences);
        }
    }

    /** Lines that belong together. */
    record Lines(List<Line> lines) implements Block {
        public Lines {
            lines = List.copyOf(lines);
        }
    }

    /** @param start stands before the text, which goes on below itself where it has no room */
    record Line(Tone tone, String start, String text) {}

    record Grid(TextTable table) implements Block {

        /** @param columns the most wanted first: where there is no room, the last ones are left away */
        static <T> Grid of(TableColumns<T> columns, List<T> rows) {
            TextTable table = columns.of(rows);
            return new Grid(new TextTable(ranked(table.columns()), table.rows()));
        }

        /**
         * @param columns the most wanted first: where there is no room, the last ones are left away
         * @param rows a cell for each column
         */
        static Grid of(List<Column> columns, List<List<String>> rows) {
            return new Grid(new TextTable(
                    ranked(columns),
                    rows.stream().map(cells -> new Row(Tone.PLAIN, cells)).toList()));
        }

        private static List<Column> ranked(List<Column> columns) {
            return IntStream.range(0, columns.size())
                    .mapToObj(rank -> columns.get(rank).narrowed().withRank(rank))
                    .toList();
        }
    }

    /** @param command what would settle it, if there is something */
    static Point point(String mark, Tone tone, String label, String text, Optional<String> command) {
        return new Point(
                mark,
                tone,
                label,
                text,
                command.map(line -> List.of(new Command("", line))).orElse(List.of()));
    }
}
