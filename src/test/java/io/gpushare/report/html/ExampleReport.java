package io.gpushare.report.html;

import io.gpushare.analysis.BootstrapInterval;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.mode.ModeKind;
import io.gpushare.report.Report;
import io.gpushare.report.Report.ShownRun;
import io.gpushare.results.reading.timeline.RunTimeline;
import io.gpushare.results.reading.timeline.RunTimeline.Phase;
import io.gpushare.results.reading.timeline.RunTimeline.Series;
import io.gpushare.results.reading.timeline.RunTimeline.TenantWindows;
import io.gpushare.results.reading.timeline.RunTimeline.Window;
import io.gpushare.results.stored.ReadResults;
import io.gpushare.results.stored.Skipped;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.Family;
import io.gpushare.study.InterferenceMatrix;
import io.gpushare.study.InterferenceMatrix.Cell;
import io.gpushare.study.Section;
import io.gpushare.study.Study;
import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.Answer.Topic;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.ArmKey;
import io.gpushare.study.arm.Choice;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.arm.MixStudy.VariantCount;
import io.gpushare.study.arm.ScalingCurve;
import io.gpushare.study.arm.ScalingCurve.Point;
import io.gpushare.study.arm.Starvation;
import io.gpushare.study.arm.Starvation.Cure;
import io.gpushare.study.metric.Confidence;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Metric.Better;
import io.gpushare.study.metric.StudyOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Reports with everything that a page can show, as kind or as hostile as the names that they are given. */
final class ExampleReport {
    static final String SCRIPT = "<script>alert(1)</script>";
    static final String NASTY = SCRIPT + "\"'></script></style><!--&amp;";
    private static final List<String> MODES = List.of("exclusive", "time-slicing", "mps", "mig");

    private final String victim;
    private final String neighbour;
    private final boolean simulated;
    private final List<ShownRun> shown = new ArrayList<>();

    private ExampleReport(String victim, String neighbour, boolean simulated) {
        this.victim = victim;
        this.neighbour = neighbour;
        this.simulated = simulated;
    }

    static Report usual() {
        return new ExampleReport("bert-infer", "stream", false).report(4, 3, 2);
    }

    /** Twelve ways of sharing, some run once, 64 tenants, and names that would be code if they were not escaped. */
    static Report hostile() {
        return new ExampleReport(NASTY, "stream[size=" + SCRIPT + "]", true).report(12, 1, 64);
    }

    static Report empty() {
        Study study = new Study(
                StudyOptions.DEFAULT,
                List.of(),
                List.of(ExampleRuns.invalid("benchmark_mps_2_x.json", SCRIPT)),
                List.of());
        ReadResults read = new ReadResults(
                study.leftOut(),
                List.of(),
                List.of(),
                List.of(new Skipped(Path.of("a" + SCRIPT), "it is no JSON", true)),
                2,
                4711);
        return new Report(study, read, List.of(), Instant.parse("2026-11-21T16:00:00Z"), "0.1.0+" + SCRIPT);
    }

    private Report report(int arms, int runs, int tenants) {
        MixStudy mix = mix(arms, runs, tenants);
        Map<String, ScalingCurve> scaling = new LinkedHashMap<>();
        mix.arms().forEach(arm -> scaling.put(arm.name(), curve(arm, runs)));
        Family family = new Family(
                victim + " : " + neighbour,
                List.of(mix),
                scaling,
                List.of(answer(
                        Topic.SCALING, Confidence.INDICATED, "More than 4 tenants of " + victim + " add nothing.")));
        Section section = new Section(
                "NVIDIA H200",
                simulated,
                arms * runs,
                List.of("GPU-d72b1790-6004-ec5a-0954-381276d22f16"),
                List.of("580.159.04"),
                List.of(family),
                List.of(matrix(mix.arms().getFirst().key())),
                List.of(),
                List.of(),
                List.of("The runs were measured on 2 cards."));
        List<StoredRun> leftOut = List.of(ExampleRuns.invalid("benchmark_mps_2_unsteady.json", victim));
        Study study = new Study(StudyOptions.DEFAULT, List.of(section), leftOut, List.of());
        ReadResults read = new ReadResults(
                mix.arms().stream().flatMap(arm -> arm.runs().stream()).toList(),
                List.of(),
                List.of(),
                List.of(new Skipped(Path.of("results", "broken.json"), "it ends in the middle of " + victim, true)),
                14,
                3L << 20);
        return new Report(study, read, shown, Instant.parse("2026-11-21T16:00:00Z"), "0.1.0");
    }

    private MixStudy mix(int arms, int runs, int tenants) {
        String words = tenants / 2 + " × " + victim + " + " + tenants / 2 + " × " + neighbour;
        List<Arm> studied = IntStream.range(0, arms)
                .mapToObj(index -> arm(index, runs, tenants, words))
                .sorted(Comparator.comparing(Arm::key))
                .toList();
        ArmKey starving = studied.get(studied.size() / 2).key();
        return new MixStudy(
                words,
                tenants,
                List.of(
                        new VariantCount(victim, tenants / 2, "sample", "inference"),
                        new VariantCount(neighbour, tenants / 2, "call", "stress")),
                studied,
                List.of(new Starvation(
                        starving,
                        victim,
                        neighbour,
                        12.9,
                        1.01,
                        12.8,
                        runs,
                        List.of(new Cure(
                                "Give " + neighbour + " low priority.",
                                Optional.of("1.1 times instead of 12.9"),
                                "gpushare bench --mode mps --priority '" + neighbour + "=low'")))),
                Choice.none("only MPS"),
                List.of(
                        new Answer(
                                Topic.RECOMMENDATION,
                                Confidence.SHOWN,
                                "Use " + studied.getLast().name() + " for " + victim
                                        + ": 23 % more work (n = 3 and 3).",
                                Optional.of("gpushare bench --mode mps --workloads '" + victim + "'")),
                        answer(Topic.THROUGHPUT, Confidence.SHOWN, "MPS does most work: 1846 calls/s."),
                        answer(Topic.LATENCY, Confidence.OPEN, "The tails of " + victim + " cannot be told apart."),
                        answer(Topic.OPEN, Confidence.FACT, "MIG was never run.")));
    }

    private Answer answer(Topic topic, Confidence confidence, String text) {
        return new Answer(topic, confidence, text, Optional.empty());
    }

    private Arm arm(int index, int runs, int tenants, String mix) {
        String mode = MODES.get(index % MODES.size());
        String label = mode + (index < MODES.size() ? "" : " · setting " + index + " of " + victim);
        List<StoredRun> stored = IntStream.range(0, runs)
                .mapToObj(run -> ExampleRuns.valid(
                        "benchmark_" + mode + "_" + tenants + "_" + index + "-r" + run + ".json",
                        mode,
                        simulated,
                        tenants,
                        tenant -> tenant % 2 == 0 ? victim : neighbour))
                .toList();
        Map<String, Estimate> estimates = new LinkedHashMap<>();
        // The ninth and the tenth differ in their number of digits: as text, they would sort the other way round.
        put(estimates, metric("stp", "progress of all", "", Better.HIGHER), 0.8 + 0.21 * index, runs);
        put(estimates, metric("throughput", "throughput", "samples/s", Better.HIGHER), 95.0 + 87.3 * index, runs);
        put(estimates, metric("joules", "energy", "J/sample", Better.LOWER), 0.000138 * (index + 1), runs);
        for (String variant : List.of(victim, neighbour)) {
            Metric p99 = new Metric(
                    "p99_ms",
                    Optional.of(variant),
                    "p99 latency",
                    "ms",
                    Better.LOWER,
                    "The 99th percentile of " + variant + ".");
            if (index != 1) {
                put(estimates, p99, 54.0 / (index + 1), runs);
            }
        }
        Map<String, LatencyCounts> latencies = new LinkedHashMap<>();
        latencies.put(victim, latencies(index, 4000));
        latencies.put(neighbour, latencies(index + 3, 1));
        Arm arm = new Arm(
                new ArmKey(ModeKind.of(mode), label, false, "process", 0),
                label,
                stored,
                List.of(),
                estimates,
                latencies);
        shown.add(new ShownRun(0, mix, label, stored.getFirst(), timeline(tenants)));
        return arm;
    }

    private static Metric metric(String key, String label, String unit, Better better) {
        return new Metric(key, Optional.empty(), label, unit, better, "The sum of " + label + " <over> all tenants.");
    }

    private static void put(Map<String, Estimate> estimates, Metric metric, double mean, int runs) {
        estimates.put(metric.id(), estimate(metric, mean, runs));
    }

    private static Estimate estimate(Metric metric, double mean, int runs) {
        List<Double> values = IntStream.range(0, runs)
                .mapToObj(run -> mean * (1 + 0.02 * (run - (runs - 1) / 2.0)))
                .toList();
        return new Estimate(
                metric,
                values,
                mean,
                mean,
                runs > 1 ? Optional.of(mean * 0.02) : Optional.empty(),
                runs > 1 ? Optional.of(new BootstrapInterval(mean * 0.97, mean * 1.04, runs >= 6)) : Optional.empty(),
                Optional.empty());
    }

    private static ScalingCurve curve(Arm arm, int runs) {
        Metric metric = metric("throughput", "throughput", "samples/s", Better.HIGHER);
        double most = arm.estimate("throughput").orElseThrow().mean();
        return new ScalingCurve(
                arm.key(),
                IntStream.of(1, 2, 4, 8)
                        .mapToObj(tenants ->
                                new Point(tenants, estimate(metric, most * (1 - Math.pow(2, -tenants)), runs), 0))
                        .toList(),
                Set.of(),
                List.of());
    }

    private InterferenceMatrix matrix(ArmKey arm) {
        return new InterferenceMatrix(
                arm,
                arm.label(),
                List.of(victim, neighbour),
                List.of(
                        List.of(Optional.of(new Cell(1.9, 3)), Optional.of(new Cell(12.9, 3))),
                        List.of(Optional.of(new Cell(1.01, 3)), Optional.empty())));
    }

    private static LatencyCounts latencies(int index, int count) {
        Random random = new Random(index);
        Map<Integer, Long> counts = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            double tail = random.nextInt(200) == 0 ? 4 : 1;
            long nanos = (long) (4e6 * (index + 1) * tail * Math.exp(0.08 * random.nextGaussian()));
            counts.merge(LatencyCounts.bucketOf(nanos), 1L, Long::sum);
        }
        return LatencyCounts.of(counts);
    }

    private RunTimeline timeline(int tenants) {
        Map<String, Series> gpu = new LinkedHashMap<>();
        gpu.put("power_recorded_w", series("W", 50, second -> second < 0 ? 120 : 640));
        gpu.put("temperature_c", series("°C", 10, second -> 42 + 0.3 * second));
        gpu.put("sm_active_percent", series("%", 1, second -> second < 0 ? Double.NaN : 92));
        gpu.put("gpu_utilization_percent", series("%", 10, second -> second < 0 ? 3 : 97));
        List<TenantWindows> windows = IntStream.range(0, tenants)
                .mapToObj(number -> new TenantWindows(
                        number,
                        number % 2 == 0 ? victim : neighbour,
                        number % 2 == 0 ? "sample" : "call",
                        IntStream.range(0, 12)
                                .mapToObj(second -> new Window(
                                        second,
                                        second + 1,
                                        200 + 20 * second,
                                        second < 10,
                                        number % 2 == 0 ? Optional.of(4.1) : Optional.empty(),
                                        number % 2 == 0 ? Optional.of(4.9) : Optional.empty()))
                                .toList()))
                .toList();
        return new RunTimeline(
                List.of(
                        new Phase("start", -30, -20),
                        new Phase("measure baseline of " + victim, -20, -10),
                        new Phase("between", -10, 0),
                        new Phase("measure tenants", 0, 10),
                        new Phase("between", 10, 12)),
                gpu,
                windows,
                Optional.empty());
    }

    private interface Level {
        double at(double second);
    }

    private static Series series(String unit, int perSecond, Level level) {
        Random random = new Random(perSecond);
        List<Double> atS = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int i = -30 * perSecond; i <= 12 * perSecond; i++) {
            double second = (double) i / perSecond;
            atS.add(second);
            values.add(level.at(second) * (1 + 0.02 * random.nextGaussian()));
        }
        return new Series(unit, atS, values);
    }
}
