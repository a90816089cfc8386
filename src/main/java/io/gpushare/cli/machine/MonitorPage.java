package io.gpushare.cli.machine;

import io.gpushare.cli.terminal.Style;
import io.gpushare.cli.terminal.StyledLine;
import io.gpushare.cli.terminal.TerminalSize;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.MigDevice;
import io.gpushare.gpu.MigIdentity;
import io.gpushare.reading.Absence;
import io.gpushare.reading.GpuMetric;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.LatestReadings;
import io.gpushare.sampling.samples.ProcessMemory;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.text.Amount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the live view shows: for each GPU a bar, a value and a sparkline a metric, its MIG devices and its processes.
 * Where all of it does not fit the terminal, a line a GPU.
 */
final class MonitorPage {
    private static final int LABEL_WIDTH = GpuGauges.LABEL_WIDTH;
    private static final int MOST_PROCESSES = 6;
    private static final int MOST_POWERS = 4;

    private final LatestReadings latest;
    private final boolean colour;
    private final List<Panel> panels;

    private record Panel(Gpu gpu, List<MigDevice> migDevices, GpuGauges gauges) {
        Subject subject() {
            return gauges.subject();
        }
    }

    MonitorPage(List<Gpu> gpus, LatestReadings latest, boolean colour) {
        this.latest = latest;
        this.colour = colour;
        // MIG devices are those that the sampler found at its start too: the driver need not be asked at each redraw.
        this.panels = gpus.stream()
                .map(gpu -> new Panel(
                        gpu, gpu.migDevices().asOptional().orElse(List.of()), new GpuGauges(gpu, latest, colour)))
                .toList();
    }

    /** Moves the sparklines on by one column. */
    void advance() {
        panels.forEach(panel -> panel.gauges().advance());
    }

    /** @param title and {@code footer} stand above and below what is drawn here */
    List<String> lines(TerminalSize size, String title, String footer) {
        List<String> lines = new ArrayList<>();
        lines.add(line(size).add(Style.HEADING, title).toString());
        lines.add("");
        List<String> body = new ArrayList<>();
        panels.forEach(panel -> addPanel(body, panel, size));
        machine()
                .ifPresent(words -> body.addAll(List.of(
                        line(size)
                                .add(Style.HEADING, "Machine")
                                .add("  " + words)
                                .toString(),
                        "")));
        if (lines.size() + body.size() + 1 > size.rows()) {
            body.clear();
            panels.forEach(panel -> body.add(summaryLine(panel, size)));
            body.add("");
        }
        lines.addAll(body);
        lines.add(line(size).add(Style.SECONDARY, footer).toString());
        return lines;
    }

    private StyledLine line(TerminalSize size) {
        return new StyledLine(size.columns(), colour);
    }

    private void addPanel(List<String> lines, Panel panel, TerminalSize size) {
        StyledLine heading = line(size).add(Style.HEADING, name(panel.gpu()));
        String throttling = panel.gauges().throttling();
        if (!throttling.isEmpty()) {
            heading.add("  ").add(Style.ATTENTION, "throttled: " + throttling);
        }
        lines.add(heading.toString());
        lines.addAll(panel.gauges().lines(size));
        Set<Integer> shown = new HashSet<>();
        for (MigDevice device : panel.migDevices()) {
            lines.add(migLine(device.identity(), size));
            List<ProcessMemory> processes =
                    processes(Subject.migDevice(device.identity().uuid()));
            addProcesses(lines, processes, size);
            processes.forEach(process -> shown.add(process.use().pid()));
        }
        // The driver's list of the whole GPU names those on its MIG devices again.
        addProcesses(
                lines,
                processes(panel.subject()).stream()
                        .filter(process -> !shown.contains(process.use().pid()))
                        .toList(),
                size);
        lines.add("");
    }

    private static String name(Gpu gpu) {
        return "GPU " + gpu.identity().index() + "  " + gpu.identity().name();
    }

    private String migLine(MigIdentity device, TerminalSize size) {
        Subject subject = Subject.migDevice(device.uuid());
        return line(size)
                .add("  └ MIG " + device.name())
                .column(LABEL_WIDTH + 8)
                .add(words(subject, GpuMetric.MEMORY_USED_BYTES, used -> Amount.bytes(used.longValue())))
                .add(" of ")
                .add(device.memoryTotalBytes().asOptional().map(Amount::bytes).orElse("?"))
                .add(
                        Style.SECONDARY,
                        "  SM active " + words(subject, GpuMetric.SM_ACTIVE_PERCENT, MonitorPage::percent))
                .toString();
    }

    /** The largest first. */
    private List<ProcessMemory> processes(Subject device) {
        return latest.processes(device).asOptional().orElse(List.of()).stream()
                .sorted(Comparator.comparingLong(MonitorPage::bytes).reversed())
                .toList();
    }

    private void addProcesses(List<String> lines, List<ProcessMemory> processes, TerminalSize size) {
        processes.stream().limit(MOST_PROCESSES).forEach(process -> lines.add(processLine(process, size)));
        if (processes.size() > MOST_PROCESSES) {
            lines.add(line(size)
                    .add(Style.SECONDARY, "  and %d more".formatted(processes.size() - MOST_PROCESSES))
                    .toString());
        }
    }

    private String processLine(ProcessMemory process, TerminalSize size) {
        String kind = switch (process.use().kind()) {
            case COMPUTE -> "";
            case MPS_CLIENT -> "  MPS client";
        };
        return line(size)
                .add("  pid " + process.use().pid())
                .column(LABEL_WIDTH)
                .add(process.process().name().asOptional().orElse("(not visible here)"))
                .column(LABEL_WIDTH + 20)
                .add(process.use().memoryBytes().asOptional().map(Amount::bytes).orElse("memory unknown"))
                .add(Style.SECONDARY, kind)
                .toString();
    }

    private static long bytes(ProcessMemory process) {
        return process.use().memoryBytes().asOptional().orElse(0L);
    }

    /** All of a GPU in one line: also what is printed once a second where no terminal redraws. */
    private String summaryLine(Panel panel, TerminalSize size) {
        return line(size)
                .add(Style.HEADING, name(panel.gpu()))
                .add("  " + readings(panel))
                .toString();
    }

    List<String> plainLines() {
        return Stream.concat(
                        panels.stream()
                                .map(panel -> "GPU " + panel.gpu().identity().index() + "  " + readings(panel)),
                        machine().map(words -> "Machine  " + words).stream())
                .toList();
    }

    /** Of many sensors those that say what the whole takes: the baseboard's power, and the processors'. */
    private Optional<String> machine() {
        List<String> powers = latest.values(Subject.PLATFORM).entrySet().stream()
                .filter(reading -> reading.getKey().unit().equals("W"))
                .flatMap(reading -> reading.getValue().asOptional().stream()
                        .map(watts -> named(reading.getKey().name()) + " " + Math.round(watts) + " W"))
                .limit(MOST_POWERS)
                .toList();
        return powers.isEmpty() ? Optional.empty() : Optional.of(String.join("  ", powers));
    }

    private static String named(String metric) {
        return metric.replaceFirst("_w$", "").replace('_', ' ');
    }

    private String readings(Panel panel) {
        Subject gpu = panel.subject();
        if (latest.value(gpu, GpuMetric.POWER_W) instanceof Reading.Absent<Double>(Absence absence)
                && absence.kind() == Absence.Kind.GPU_LOST) {
            return absence.reason();
        }
        String throttling = panel.gauges().throttling();
        return "busy %s  SM active %s  memory %s  %s  %s  %s%s"
                .formatted(
                        words(gpu, GpuMetric.GPU_UTILIZATION_PERCENT, MonitorPage::percent),
                        words(gpu, GpuMetric.SM_ACTIVE_PERCENT, MonitorPage::percent),
                        words(gpu, GpuMetric.MEMORY_USED_BYTES, used -> Amount.bytes(used.longValue())),
                        words(gpu, GpuMetric.POWER_W, watts -> Math.round(watts) + " W"),
                        words(gpu, GpuMetric.TEMPERATURE_C, celsius -> Math.round(celsius) + " °C"),
                        words(gpu, GpuMetric.SM_CLOCK_MHZ, clock -> Math.round(clock) + " MHz"),
                        throttling.isEmpty() ? "" : "  throttled: " + throttling);
    }

    private static String percent(Double value) {
        return Math.round(value) + " %";
    }

    private String words(Subject subject, String metric, Function<Double, String> words) {
        return latest.value(subject, metric).asOptional().map(words).orElse("–");
    }
}
