package io.gpushare.results.reading.timeline;

import io.gpushare.reading.GpuMetric;
import io.gpushare.results.reading.document.DamagedFileException;
import io.gpushare.results.reading.document.JsonTokens;
import io.gpushare.results.reading.document.LargeParts;
import io.gpushare.results.reading.timeline.RunTimeline.Series;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Keeps those columns of a file of samples that a picture of a run shows: of the first GPU that has them. */
final class GpuSeries implements LargeParts {
    private static final Map<String, String> UNITS = Map.of(
            GpuMetric.POWER_W, "W",
            GpuMetric.POWER_RECORDED_W, "W",
            GpuMetric.GPU_UTILIZATION_PERCENT, "%",
            GpuMetric.SM_ACTIVE_PERCENT, "%",
            GpuMetric.DRAM_ACTIVE_PERCENT, "%",
            GpuMetric.TEMPERATURE_C, "°C",
            GpuMetric.SM_CLOCK_MHZ, "MHz",
            GpuMetric.MEMORY_USED_BYTES, "B");

    private static final String TIME = "elapsed_ms";

    private final Map<String, Column> columns = new HashMap<>();

    private record Column(Doubles atMs, Doubles values) {}

    /** In seconds since that instant. */
    Map<String, Series> shifted(double zeroS) {
        Map<String, Series> series = new HashMap<>();
        columns.forEach((name, column) ->
                series.put(name, Thinning.of(UNITS.getOrDefault(name, ""), column.atMs(), column.values(), zeroS)));
        return series;
    }

    @Override
    public void tables(JsonTokens tokens) throws IOException, DamagedFileException {
        int next = tokens.next();
        if (next == ']') {
            return;
        }
        for (int place = 0; ; place++) {
            try {
                if (next != '{') {
                    throw tokens.unexpected(next, "'{'");
                }
                table(tokens);
            } catch (DamagedFileException damage) {
                throw damage.at("table " + place);
            }
            if (!tokens.another(']')) {
                return;
            }
            next = tokens.next();
        }
    }

    /** What it is about stands before its columns. */
    private void table(JsonTokens tokens) throws IOException, DamagedFileException {
        boolean ofGpu = false;
        boolean series = false;
        do {
            tokens.expect('"');
            String name = tokens.name();
            tokens.expect(':');
            switch (name) {
                case "subject_kind" -> ofGpu = text(tokens).equals("gpu");
                case "shape" -> series = text(tokens).equals("series");
                case "columns" -> columns(tokens, ofGpu && series);
                default -> tokens.skipper().value(tokens.next());
            }
        } while (tokens.another('}'));
    }

    private static String text(JsonTokens tokens) throws IOException, DamagedFileException {
        tokens.expect('"');
        return tokens.name();
    }

    private void columns(JsonTokens tokens, boolean wanted) throws IOException, DamagedFileException {
        tokens.expect('{');
        Doubles times = new Doubles();
        do {
            tokens.expect('"');
            String name = tokens.name();
            tokens.expect(':');
            tokens.expect('[');
            if (wanted && name.equals(TIME)) {
                times.read(tokens);
            } else if (wanted && UNITS.containsKey(name) && !columns.containsKey(name)) {
                Doubles values = new Doubles();
                values.read(tokens);
                if (values.size() != times.size()) {
                    throw new DamagedFileException(
                            name + " has " + values.size() + " values at " + times.size() + " instants");
                }
                columns.put(name, new Column(times, values));
            } else {
                tokens.skipper().elements();
            }
        } while (tokens.another('}'));
    }

    @Override
    public void tenantWindows(int place, JsonTokens tokens) throws IOException, DamagedFileException {
        tokens.skipper().elements();
    }

    @Override
    public void baselineWindows(int place, JsonTokens tokens) throws IOException, DamagedFileException {
        tokens.skipper().elements();
    }
}
