package io.gpushare.cli.bench;

import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Style;
import io.gpushare.reading.Absence;
import io.gpushare.reading.GpuMetric;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.CoreSpeed;
import io.gpushare.results.benchmark.GpuUse;
import io.gpushare.results.benchmark.GpuUse.Levels;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.SharingMetrics;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.Throughputs;
import io.gpushare.results.benchmark.WatchedResult;
import io.gpushare.text.Amount;
import io.gpushare.text.Figure;
import io.gpushare.text.SafeText;
import io.gpushare.text.ScaledNumber;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What sharing did: a number a line, with what it means; what is not known stands at the end, with the reason. */
final class SharingSummary {
    private static final int LABEL_WIDTH = 13;
    private static final int VALUE_WIDTH = 12;

    private final Console console;
    private final RunResult result;
    private final boolean exclusive;
    private final List<String> lines = new ArrayList<>();
    /** Labels by reason. */
    private final Map<String, List<String>> unknown = new LinkedHashMap<>();

    SharingSummary(Console console, RunResult result) {
        this.console = console;
        this.result = result;
        this.exclusive = Headline.isExclusive(result);
    }

    List<String> lines() {
        SharingMetrics metrics = result.metrics();
        int tenants = result.tenants().size();
        if (exclusive) {
            // Of taking turns all of these follow from the number of tenants.
            addThroughput("of all", "taking turns");
        } else {
            addSharing(metrics, tenants);
            addThroughput("", "");
        }
        addHost();
        addLine("Success", Math.round(metrics.successRate() * tenants) + " of " + tenants, "tenants that ended well");
        addEnergy(metrics);
        // Where no GPU was watched, that is the reason, said once.
        Reading<Double> efficiency = result.gpu() instanceof Reading.Absent<GpuUse>(Absence why)
                ? Reading.absent(why)
                : metrics.efficiency();
        add("GPU time", efficiency, share -> percent(share * 100), "of the window, in which a kernel ran");
        addGpu();
        result.watched().forEach(this::addWatched);
        if (!exclusive) {
            add(
                    "Start skew",
                    metrics.startSkewNanos(),
                    skew -> decimals(skew / 1e6) + " ms",
                    "from the first start to the last");
        }
        addLine("Time", Amount.decimals(result.timeline().windowS(), 1) + " s", time());
        if (result.proof().proven() && result.gpu() instanceof Reading.Value<GpuUse>) {
            result.proof().evidence().stream().findFirst().ifPresent(sentence -> lines.add(label("Proof") + sentence));
        }
        return lines;
    }

    /** The reasons for what is not known; call it after {@link #lines}. */
    List<String> unknowns() {
        return unknown.entrySet().stream()
                .map(entry -> "Not known: " + String.join(", ", entry.getValue()) + " (" + entry.getKey() + ")")
                .toList();
    }

    /** A line for each workload: what they do is no sum. */
    private void addThroughput(String whoseOfOne, String meaning) {
        Map<String, String> throughputs = Headline.throughputs(result);
        String label = "Throughput";
        for (Map.Entry<String, String> throughput : throughputs.entrySet()) {
            String whose = throughputs.size() == 1 ? whoseOfOne : throughput.getKey();
            List<String> words = Stream.of(errorOf(throughput.getKey()), whose, meaning)
                    .filter(text -> !text.isEmpty())
                    .toList();
            addLine(label, throughput.getValue(), String.join(", ", words));
            label = "";
        }
    }

    /** What others on this host took: who was slowed most, and what was measured before that was reckoned out. */
    private void addHost() {
        Optional<TenantResult> slowest = result.tenants().stream()
                .filter(tenant -> core(tenant).isPresent())
                .max(Comparator.comparingDouble(
                        tenant -> core(tenant).orElseThrow().slowedShare()));
        if (slowest.isEmpty()) {
            return;
        }
        lines.add(label("Host") + "tenant " + slowest.get().number() + ": "
                + core(slowest.get()).orElseThrow().words());
        if (result.tenants().stream()
                .anyMatch(tenant -> tenant.work().atFullSpeed().isPresent())) {
            String measured = String.join(
                    ", ",
                    Headline.throughputs(result, Throughputs.asMeasured(result)).values());
            addLine("", measured, "as measured; all else here is of cores at full speed");
        }
    }

    private static Optional<CoreSpeed> core(TenantResult tenant) {
        return tenant.work().core().asOptional().filter(CoreSpeed::worthSaying);
    }

    /** Known of the sum of all tenants that count in a unit. */
    private String errorOf(String name) {
        TenantNames names = new TenantNames(result);
        return result.tenants().stream()
                .filter(tenant -> names.of(tenant).equals(name))
                .findFirst()
                .map(tenant -> result.metrics().errors().unitsPerSecPercent().get(tenant.unit()))
                .map(Figure::plusMinus)
                .orElse("");
    }

    private void addSharing(SharingMetrics metrics, int tenants) {
        add(
                "STP",
                metrics.stp(),
                stp -> decimals(stp) + " of " + tenants,
                error(metrics.errors().stpPercent()) + "progress of all; 1 is taking turns, " + tenants
                        + " is no slowdown");
        add(
                "ANTT",
                metrics.antt(),
                antt -> decimals(antt) + " ×",
                error(metrics.errors().anttPercent()) + "mean slowdown of a tenant; 1 is none");
        add("Fairness", metrics.fairness(), SharingSummary::decimals, "least / most progress; 1 is equal");
        add("Jain's index", metrics.jain(), SharingSummary::decimals, "of progress; 1 is equal");
    }

    /** Before the meaning of a figure. */
    private static String error(OptionalDouble percent) {
        return percent.isPresent() ? Figure.plusMinus(percent.getAsDouble()) + "; " : "";
    }

    private String time() {
        String overhead = result.timeline()
                .overheadS()
                .asOptional()
                .map(seconds -> "; gpushare itself took " + Amount.decimals(seconds, 1) + " s")
                .orElse("");
        return "counted, of " + Amount.decimals(result.timeline().totalS(), 1) + " s in all" + overhead;
    }

    private void addEnergy(SharingMetrics metrics) {
        switch (result.gpu()) {
            case Reading.Absent<GpuUse>(Absence absence) -> missing("Energy", absence);
            case Reading.Value<GpuUse>(GpuUse use) -> {
                String check = use.integralJoules()
                        .asOptional()
                        .map(joules -> "by the GPU's counter; %s J by its power".formatted(Amount.decimals(joules, 0)))
                        .orElse("by the GPU's counter");
                add("Energy", use.counterJoules(), joules -> Amount.decimals(joules, 0) + " J", check);
            }
        }
        // Tenants that do different work have no common price; that is no gap to report.
        metrics.joulesPerUnit().asOptional().ifPresent(joules -> addLine("", energy(joules), "per " + unit()));
        metrics.costPerMillionUnits()
                .asOptional()
                .ifPresent(cost -> addLine("Cost", price(cost), "per million " + unit() + "s"));
    }

    private static String energy(double joules) {
        ScaledNumber number = ScaledNumber.of(joules);
        return number.digits() + " " + number.prefix() + "J";
    }

    private static String price(double cost) {
        return Math.abs(cost) < 1 ? ScaledNumber.significant(cost) : ScaledNumber.plain(cost);
    }

    private String unit() {
        return result.tenants().stream().map(TenantResult::unit).findFirst().orElse("unit");
    }

    private void addGpu() {
        switch (result.gpu()) {
            case Reading.Absent<GpuUse>(Absence absence) -> missing("GPU use", absence);
            case Reading.Value<GpuUse>(GpuUse use) -> {
                List<String> parts = new ArrayList<>();
                part(parts, use, GpuMetric.GPU_UTILIZATION_PERCENT, "busy ", Levels::mean, SharingSummary::percent);
                part(parts, use, GpuMetric.SM_ACTIVE_PERCENT, "SM active ", Levels::mean, SharingSummary::percent);
                part(
                        parts,
                        use,
                        GpuMetric.MEMORY_USED_BYTES,
                        "memory ",
                        Levels::max,
                        bytes -> Amount.bytes((long) bytes));
                part(parts, use, GpuMetric.POWER_W, "", Levels::mean, watts -> Math.round(watts) + " W");
                part(
                        parts,
                        use,
                        GpuMetric.TEMPERATURE_C,
                        "at most ",
                        Levels::max,
                        celsius -> Math.round(celsius) + " °C");
                lines.add(label("GPU")
                        + String.join("  ", parts)
                        + (use.throttling().isEmpty()
                                ? ""
                                : "  " + console.styled(Style.ATTENTION, "throttled: " + use.throttling())));
            }
        }
    }

    /** Somebody else's program, of which nothing is known but what it used. */
    private void addWatched(WatchedResult tenant) {
        List<String> parts = new ArrayList<>();
        tenant.host().asOptional().ifPresent(host -> parts.add(Amount.decimals(host.cpuS(), 1) + " s of CPU"));
        tenant.smUtilizationPercent().asOptional().ifPresent(sm -> parts.add("SM " + percent(sm)));
        tenant.gpuMemoryBytes()
                .asOptional()
                .ifPresent(bytes -> parts.add("at most " + Amount.bytes(bytes) + " of the GPU's memory"));
        lines.add(label("Watched") + "tenant " + tenant.number() + " (" + SafeText.of(tenant.name()) + "): "
                + (parts.isEmpty() ? "what it used could not be read" : String.join(", ", parts)));
    }

    private static void part(
            List<String> parts,
            GpuUse use,
            String metric,
            String words,
            ToDoubleFunction<Levels> which,
            DoubleFunction<String> text) {
        use.levels(metric).ifPresent(levels -> parts.add(words + text.apply(which.applyAsDouble(levels))));
    }

    private <T> void add(String label, Reading<T> reading, Function<T, String> text, String meaning) {
        switch (reading) {
            case Reading.Value<T>(T value) -> addLine(label, text.apply(value), meaning);
            case Reading.Absent<T>(Absence absence) -> missing(label, absence);
        }
    }

    private void missing(String label, Absence absence) {
        boolean told =
                absence.kind() == Absence.Kind.NOT_MEASURED && !absence.detail().isEmpty();
        unknown.computeIfAbsent(told ? absence.detail() : absence.reason(), reason -> new ArrayList<>())
                .add(label);
    }

    private void addLine(String label, String value, String meaning) {
        String blanks = " ".repeat(Math.max(2, VALUE_WIDTH - value.length()));
        lines.add(label(label) + value + (meaning.isEmpty() ? "" : blanks + console.styled(Style.SECONDARY, meaning)));
    }

    private static String label(String label) {
        return label + " ".repeat(LABEL_WIDTH - label.length());
    }

    private static String decimals(double value) {
        return Amount.decimals(value, 2);
    }

    private static String percent(double value) {
        return Math.round(value) + " %";
    }
}
