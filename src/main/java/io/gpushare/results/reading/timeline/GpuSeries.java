package io.gpushare.results.reading.timeline;

import com.fasterxml.jackson.core.JsonToken;
import io.gpushare.reading.GpuMetric;
import io.gpushare.results.reading.document.DamagedFileException;
import io.gpushare.results.reading.document.JsonTokens;
import io.gpushare.results.reading.document.LargeParts;
import io.gpushare.results.reading.timeline.RunTimeline.Series;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Keeps those columns of a file of samples that a picture of a run shows: of the first GPU that has them, or of a
 * certain one.
 */
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

    private final Predicate<String> wanted;
    private final Map<String, Column> columns = new HashMap<>();

    private record Column(Doubles atMs, Doubles values) {}

    /** @param wanted which GPUs, by their UUIDs */
    GpuSeries(Predicate<String> wanted) {
        this.wanted = wanted;
    }

    /** In seconds since that instant. */
    Map<String, Series> shifted(double zeroS) {
        Map<String, Series> series = new HashMap<>();
        columns.forEach((name, column) ->
                series.put(name, Thinning.of(UNITS.getOrDefault(name, ""), column.atMs(), column.values(), zeroS)));
        return series;
    }

    @Override
    public void tables(JsonTokens tokens) throws IOException, DamagedFileException {
        tokens.objects("table", () -> table(tokens));
    }

    /** What it is about stands before its columns. */
    private void table(JsonTokens tokens) throws IOException, DamagedFileException {
        boolean ofGpu = false;
        boolean series = false;
        for (String name = tokens.nextMember(); name != null; name = tokens.nextMember()) {
            switch (name) {
                case "subject_kind" -> ofGpu = tokens.text().equals("gpu");
                case "subject" -> ofGpu &= wanted.test(tokens.text());
                case "shape" -> series = tokens.text().equals("series");
                case "columns" -> columns(tokens, ofGpu && series);
                default -> tokens.skip();
            }
        }
    }

    private void columns(JsonTokens tokens, boolean wanted) throws IOException, DamagedFileException {
        tokens.require(JsonToken.START_OBJECT, "'{'");
        Doubles times = new Doubles();
        for (String name = tokens.nextMember(); name != null; name = tokens.nextMember()) {
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
                tokens.skip();
            }
        }
    }
}
