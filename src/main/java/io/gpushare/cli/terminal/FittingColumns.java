package io.gpushare.cli.terminal;

import java.util.List;
import java.util.function.IntFunction;

/** A table with as many of its columns as a terminal has room for. */
public final class FittingColumns {
    private FittingColumns() {}

    /**
     * @param extras columns beside those that are always there, the most wanted first
     * @param render the lines of the table with so many of them
     */
    public static List<String> lines(int terminalColumns, int extras, IntFunction<List<String>> render) {
        List<String> lines = render.apply(0);
        for (int shown = 1; shown <= extras; shown++) {
            List<String> wider = render.apply(shown);
            if (wider.stream().anyMatch(line -> line.length() > terminalColumns)) {
                return lines;
            }
            lines = wider;
        }
        return lines;
    }
}
