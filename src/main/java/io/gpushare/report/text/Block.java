package io.gpushare.report.text;

import java.util.List;
import java.util.Optional;

/** A part of a text, in the order of reading. Its words may come from anybody's files: whoever renders them makes them harmless. */
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
    }

    /** @param text what it is for; empty where that was said */
    record Command(String text, String line) {}

    /** Sentences of equal weight. */
    record Notes(List<String> sentences) implements Block {
        public Notes {
            sentences = List.copyOf(sentences);
        }
    }

    /**
     * A table.
     *
     * @param columns the most wanted first: where there is no room, the last ones are left away
     * @param rows a cell for each column
     */
    record Grid(List<Column> columns, List<List<String>> rows) implements Block {
        public Grid {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
            for (List<String> row : rows) {
                if (row.size() != columns.size()) {
                    throw new IllegalArgumentException(
                            "a row of " + row.size() + " cells in a table of " + columns.size());
                }
            }
        }
    }

    /** @param number stands on the right of its column, and is never broken */
    record Column(String header, boolean number) {
        public static Column text(String header) {
            return new Column(header, false);
        }

        public static Column number(String header) {
            return new Column(header, true);
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
