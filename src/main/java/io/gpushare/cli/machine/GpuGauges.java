package io.gpushare.cli.machine;

import io.gpushare.cli.terminal.Bar;
import io.gpushare.cli.terminal.Sparkline;
import io.gpushare.cli.terminal.Style;
import io.gpushare.cli.terminal.StyledLine;
import io.gpushare.cli.terminal.TerminalSize;
import io.gpushare.gpu.ClockEvent;
import io.gpushare.gpu.Gpu;
import io.gpushare.reading.Absence;
import io.gpushare.reading.GpuMetric;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.LatestReadings;
import io.gpushare.sampling.samples.Subject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a GPU does: a bar, a value and a sparkline a metric. Beyond what fills the bars the GPU itself is not asked. */
public final class GpuGauges {
    static final int LABEL_WIDTH = 14;
    private static final int HISTORY = 240;
    private static final int WIDEST_BAR = 30;
    private static final int VALUE_WIDTH = 20;
    private static final Set<String> CHIEF = Set.of(
            GpuMetric.GPU_UTILIZATION_PERCENT,
            GpuMetric.SM_ACTIVE_PERCENT,
            GpuMetric.MEMORY_USED_BYTES,
            GpuMetric.POWER_W);

    private final Subject subject;
    private final LatestReadings latest;
    private final boolean colour;
    private final List<MonitorGauge> gauges;
    private final Map<String, Sparkline> history = new HashMap<>();

    public GpuGauges(Gpu gpu, LatestReadings latest, boolean colour) {
        this.subject = Subject.gpu(gpu.identity().uuid());
        this.latest = latest;
        this.colour = colour;
        this.gauges = MonitorGauge.of(gpu);
    }

    Subject subject() {
        return subject;
    }

    /** Moves the sparklines on by one column. */
    public void advance() {
        for (MonitorGauge gauge : gauges) {
            double value = latest.value(subject, gauge.metric()).asOptional().orElse(Double.NaN);
            history.computeIfAbsent(gauge.metric(), _ -> new Sparkline(HISTORY)).add(value);
        }
    }

    public List<String> lines(TerminalSize size) {
        return gauges.stream().map(gauge -> line(gauge, size)).toList();
    }

    /** The lines for a page of few rows: how busy the GPU is, how full, and how much power it takes. */
    public List<String> chiefLines(TerminalSize size) {
        return gauges.stream()
                .filter(gauge -> CHIEF.contains(gauge.metric()))
                .map(gauge -> line(gauge, size))
                .toList();
    }

    private String line(MonitorGauge gauge, TerminalSize size) {
        StyledLine line = new StyledLine(size.columns(), colour)
                .add("  ")
                .add(gauge.label())
                .column(LABEL_WIDTH);
        return switch (latest.value(subject, gauge.metric())) {
            case Reading.Absent<Double>(Absence absence) ->
                line.add(Style.SECONDARY, "–  " + absence.reason()).toString();
            case Reading.Value<Double>(Double value) -> {
                int bar = Math.clamp((size.columns() - LABEL_WIDTH - VALUE_WIDTH) / 2, 5, WIDEST_BAR);
                line.add(Style.GOOD, Bar.of(gauge.full() > 0 ? value / gauge.full() : 0, bar));
                line.add("  ").add(gauge.words().apply(value)).column(LABEL_WIDTH + bar + VALUE_WIDTH);
                Sparkline past = history.get(gauge.metric());
                if (past != null) {
                    line.add(Style.GOOD, past.render(Math.min(line.remaining(), HISTORY), gauge.full()));
                }
                yield line.toString();
            }
        };
    }

    /** What makes the GPU slower than it should be; empty where nothing does. */
    String throttling() {
        long bits = latest.value(subject, GpuMetric.CLOCK_EVENT_BITS)
                .asOptional()
                .map(Double::longValue)
                .orElse(0L);
        return ClockEvent.fromBits(bits).stream()
                .filter(ClockEvent::throttling)
                .map(ClockEvent::words)
                .collect(Collectors.joining(", "));
    }
}
