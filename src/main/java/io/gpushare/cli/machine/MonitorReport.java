package io.gpushare.cli.machine;

import com.fasterxml.jackson.databind.JsonNode;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Style;
import io.gpushare.reading.GpuMetric;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.GpuUse.Levels;
import io.gpushare.sampling.InstrumentReport;
import io.gpushare.sampling.InstrumentReport.LoopReport;
import io.gpushare.sampling.journal.MonitorResult;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.summary.MetricSummary;
import io.gpushare.sampling.summary.PhaseEnergy;
import io.gpushare.text.Amount;
import io.gpushare.text.SafeText;
import io.gpushare.text.TableColumns;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/** What is printed when monitoring has ended: levels and energy of each GPU, and how good the instrument was. */
final class MonitorReport {
    private static final double BYTES_PER_MIB = 1 << 20;
    /** One row a core would bury the rest on a large host; the file has them. */
    private static final Pattern CORE = Pattern.compile("cpu\\d+_.*");

    /** Saved, but not shown: a state has no mean. */
    private static final Set<String> NOT_SHOWN = Set.of(GpuMetric.PERFORMANCE_STATE);

    private final Console console;

    MonitorReport(Console console) {
        this.console = console;
    }

    private record Row(MetricSummary summary, Levels levels) {
        String name() {
            String unit = summary.metric().unit();
            String label = summary.metric().name().replace('_', ' ');
            return label.replaceAll(" (percent|w|c|rpm|mhz|bytes|mib per s|per s)$", "")
                    + (unit.isEmpty() ? "" : " [" + (inMib() ? "MiB" : unit) + "]");
        }

        private boolean inMib() {
            return summary.metric().unit().equals("B");
        }

        String number(ToDoubleFunction<Levels> which) {
            double value = which.applyAsDouble(levels);
            return Amount.decimals(inMib() ? value / BYTES_PER_MIB : value, 1);
        }
    }

    /** @param instrument unknown where the run was killed before the sampler could report on itself */
    void print(MonitorResult result, Optional<InstrumentReport> instrument) {
        for (JsonNode gpu : result.document().path("gpus")) {
            Subject subject = Subject.gpu(gpu.path("uuid").asText());
            String name = "GPU " + gpu.path("index").asText() + "  "
                    + gpu.path("name").asText();
            section(name, levels(result, subject));
            energy(result, subject);
            for (JsonNode device : gpu.path("mig_devices")) {
                section(
                        "MIG " + device.path("name").asText() + "  "
                                + device.path("uuid").asText(),
                        levels(result, Subject.migDevice(device.path("uuid").asText())));
            }
        }
        section("Host", levels(result, Subject.HOST));
        if (result.summary().stream()
                .anyMatch(summary -> summary.subject().equals(Subject.PLATFORM)
                        && summary.levels().isPresent())) {
            section("Machine", levels(result, Subject.PLATFORM));
        }
        console.out().println();
        instrument.ifPresent(report -> report.loops().forEach(this::print));
        result.warnings().forEach(this::warn);
        console.out()
                .println("Saved to "
                        + console.styled(Style.COMMAND, result.file().toString()));
    }

    private void section(String heading, String table) {
        console.out().println();
        console.out().println(console.styled(Style.HEADING, heading));
        console.out().println(table);
    }

    private void warn(String warning) {
        console.out().println(console.styled(Style.ATTENTION, "warning: ") + SafeText.of(warning));
    }

    private static String levels(MonitorResult result, Subject subject) {
        List<Row> rows = result.summary().stream()
                .filter(summary -> summary.subject().equals(subject))
                .filter(summary -> isShown(summary.metric().name()))
                .flatMap(summary -> summary.levels().map(levels -> new Row(summary, levels)).stream())
                .toList();
        return new TableColumns<Row>()
                .text("Metric", Row::name)
                .number("n", row -> Long.toString(row.levels().n()))
                .number("min", row -> row.number(Levels::min))
                .number("mean", row -> row.number(Levels::mean))
                .number("p95", row -> row.number(Levels::p95))
                .number("max", row -> row.number(Levels::max))
                .render(rows);
    }

    private static boolean isShown(String metric) {
        return !NOT_SHOWN.contains(metric) && !CORE.matcher(metric).matches();
    }

    private void energy(MonitorResult result, Subject subject) {
        result.energy().stream()
                .filter(energy -> energy.gpu().equals(subject))
                .forEach(energy -> console.out().println(words(energy.total())));
    }

    private static String words(PhaseEnergy energy) {
        String counter = switch (energy.counterJoules()) {
            case Reading.Value<Double>(Double joules) -> Amount.decimals(joules, 1) + " J by the counter";
            case Reading.Absent<Double>(var absence) -> "no counter: " + absence.reason();
        };
        String integral = switch (energy.integral()) {
            case Reading.Value<PhaseEnergy.Integral>(PhaseEnergy.Integral power) ->
                "%s J by %s power, which covers %s %% of the time"
                        .formatted(
                                Amount.decimals(power.joules(), 1),
                                power.source().name().toLowerCase(Locale.ROOT),
                                Amount.decimals(power.coveragePercent(), 1));
            case Reading.Absent<PhaseEnergy.Integral>(var absence) -> "no integral: " + absence.reason();
        };
        String difference = energy.disagreementPercent()
                .asOptional()
                .map(percent -> " (" + (percent < 0 ? "" : "+") + Amount.decimals(percent, 1) + " %)")
                .orElse("");
        return "Energy in " + Amount.decimals(energy.seconds(), 1) + " s: " + counter + "; " + integral + difference;
    }

    private void print(LoopReport loop) {
        String line = "Sampler, %s loop: %d of %d ticks taken, late by %s ms (p99), %s of a core"
                .formatted(
                        loop.name(),
                        loop.taken(),
                        loop.due(),
                        Amount.decimals(loop.latenessP99Nanos() / 1e6, 2),
                        loop.cpuSharePercent()
                                .asOptional()
                                .map(share -> Amount.decimals(share, 2) + " %")
                                .orElse("an unknown share"));
        console.out().println(console.styled(loop.missed() > 0 ? Style.ATTENTION : Style.SECONDARY, line));
    }
}
