package io.gpushare.report.chart;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.analysis.BootstrapInterval;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.mode.ModeKind;
import io.gpushare.mode.ModeProof;
import io.gpushare.plan.RecordedPlan;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.report.Report;
import io.gpushare.report.Report.ShownRun;
import io.gpushare.results.benchmark.BaselineResult;
import io.gpushare.results.benchmark.Errors;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.SharingErrors;
import io.gpushare.results.benchmark.SharingMetrics;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.Timeline;
import io.gpushare.results.benchmark.Verdict;
import io.gpushare.results.reading.timeline.RunTimeline;
import io.gpushare.results.stored.Origin;
import io.gpushare.results.stored.ReadResults;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.Family;
import io.gpushare.study.InterferenceMatrix;
import io.gpushare.study.Section;
import io.gpushare.study.Study;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.ArmKey;
import io.gpushare.study.arm.Choice;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.arm.ScalingCurve;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Slo;
import io.gpushare.study.metric.StudyOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Studies as an H200 gives them, and such as nobody would wish for. */
final class ChartStudies {
    static final ArmKey TIME_SLICING = new ArmKey(ModeKind.TIME_SLICING, "time-slicing", false, "process", 0);
    static final ArmKey MPS = new ArmKey(ModeKind.MPS, "MPS", false, "process", 0);
    static final ArmKey MPS_LOW = new ArmKey(ModeKind.MPS, "MPS · stream at low priority", true, "process", 0);
    static final ArmKey MPS_HALF = new ArmKey(ModeKind.MPS, "MPS · stream at 50 % of the threads", true, "process", 0);
    static final ArmKey MIG = new ArmKey(ModeKind.MIG, "MIG · 2 × 3g.71gb", false, "process", 0);
    private static final Absence UNKNOWN = Absence.of(Absence.Kind.NOT_MEASURED);

    private ChartStudies() {}

    static Report usual(boolean simulated) {
        MixStudy starved = mix(
                "1 × bert-infer + 1 × stream",
                List.of("bert-infer", "stream"),
                arm(TIME_SLICING, List.of(1.46, 1.49, 1.47), List.of(1.71, 1.69, 1.75), List.of(0.78, 0.80, 0.79), 4.4),
                arm(MPS, List.of(1.07, 1.06, 1.08), List.of(13.1, 14.0, 12.2), List.of(0.076, 0.072, 0.084), 54),
                arm(MPS_LOW, List.of(1.86, 1.88), List.of(1.21, 1.18), List.of(0.98, 0.97), 4.2),
                arm(MPS_HALF, List.of(1.81, 1.84, 1.64), List.of(1.17, 1.16, 1.41), List.of(0.87, 0.85, 0.94), 4.0));
        MixStudy mixed = mix(
                "1 × resnet-train[batch=128,image-size=224,precision=bf16] + 2 × bert-infer + 1 × resnet-infer",
                List.of("resnet-train[batch=128,image-size=224,precision=bf16]", "bert-infer", "resnet-infer"),
                arm(TIME_SLICING, List.of(2.05), List.of(1.83), List.of(0.49), 6.0),
                arm(MPS, List.of(2.99, 2.93), List.of(3.06, 3.14), List.of(0.56, 0.55), 12.1),
                arm(MIG, List.of(2.21), List.of(2.4), List.of(0.71), 7.5));
        MixStudy four = mix(
                "4 × resnet-infer",
                List.of("resnet-infer"),
                arm(TIME_SLICING, List.of(1.54, 1.55, 1.53), List.of(2.09, 2.1, 2.08), List.of(0.99, 0.99, 0.98), 7.9),
                arm(MPS, List.of(2.60, 2.57, 2.66), List.of(1.27, 1.29, 1.26), List.of(0.98, 0.97, 0.98), 4.8));
        List<Family> families = List.of(
                new Family(
                        "resnet-infer",
                        List.of(four),
                        curves(
                                "samples/s",
                                curve(TIME_SLICING, 1, 2642, 2, 3976, 4, 4062, 8, 4092),
                                curve(MPS, 1, 2642, 2, 4734, 4, 6884, 8, 7274)),
                        List.of()),
                new Family(
                        "bert-infer",
                        List.of(),
                        curves(
                                "samples/s",
                                curve(TIME_SLICING, 1, 343, 2, 558, 4, 950, 8, 1133),
                                curve(MPS, 1, 343, 2, 549, 4, 1123, 8, 2193),
                                curve(MIG, 2, 610, 4, 1190)),
                        List.of()),
                new Family("1 bert-infer : 1 stream", List.of(starved), Map.of(), List.of()),
                new Family(mixed.mix(), List.of(mixed), Map.of(), List.of()));
        List<InterferenceMatrix> maps = List.of(
                matrix(TIME_SLICING, 1.1, 1.7, 1.2, 1.23, 2.1, 1.6, Double.NaN, 1.49, 2.05),
                matrix(MPS, 1.13, 11.8, 5.1, 1.02, 2.0, 1.31, Double.NaN, 1.1, 1.9));
        Section section = new Section(
                "NVIDIA H200",
                simulated,
                19,
                List.of("GPU-1"),
                List.of("580.159.04"),
                families,
                maps,
                List.of(),
                List.of(),
                List.of());
        return report(
                List.of(new Slo("bert-infer", 0.99, 10)),
                List.of(section),
                List.of(
                        shown(0, starved.mix(), TIME_SLICING, 0, false),
                        shown(0, starved.mix(), MPS, 1, false),
                        shown(0, starved.mix(), MPS_LOW, 2, true),
                        shown(0, starved.mix(), MPS_HALF, 3, false),
                        shown(0, four.mix(), MPS, 4, true)));
    }

    static Report of(Section... sections) {
        return report(List.of(), List.of(sections), List.of());
    }

    /** One way of sharing, run once: nothing is compared, and there is no interval. */
    static Section single() {
        MixStudy mix = mix("1 × x", List.of("x"), arm(MPS, List.of(1.0), List.of(1.0), List.of(1.0), 3));
        return section(
                List.of(new Family("x", List.of(mix), curves("calls/s", curve(MPS, 1, 4)), List.of())), List.of());
    }

    /** Twelve and more settings with names that look like markup and formats and never end. */
    static Section crowded(int arms, int tenants) {
        List<Arm> many = new ArrayList<>();
        Map<String, ScalingCurve> scaling = new LinkedHashMap<>();
        for (int i = 0; i < arms; i++) {
            String name = "MPS · <script>alert(" + i + ")</script> at 50 %d of the threads and low priority\n\t" + i;
            ArmKey key = new ArmKey(i % 3 == 0 ? ModeKind.MIG : ModeKind.MPS, name, false, "docker", 0);
            many.add(new Arm(
                    key,
                    name,
                    List.of(run(key.mode(), Map.of())),
                    List.of(),
                    estimates(List.of(i * 1e5 + 0.001), List.of(Double.NaN), List.of(0.5)),
                    Map.of(
                            "a-workload-with-a-name-of-more-than-sixty-characters-and-[x=1,y=%s]",
                            latencies(i + 1, 400L * Math.min(i, 20)))));
            scaling.put(name, curve(key, 1, 3e-7 * (i + 1), tenants, 1e-6 * (i + 1)));
        }
        List<String> variants = IntStream.range(0, 20)
                .mapToObj(i -> "a-workload-with-a-name-of-more-than-sixty-characters-and-[x=" + i + ",y=%s]")
                .toList();
        MixStudy mix = new MixStudy(
                tenants + " × a-workload-with-a-name-of-more-than-sixty-characters-and-[x=1,y=%s] & <b>",
                tenants,
                List.of(new MixStudy.VariantCount(
                        "a-workload-with-a-name-of-more-than-sixty-characters-and-[x=1,y=%s]",
                        tenants, "<i>", "inference")),
                many,
                List.of(),
                Choice.none("only MPS"),
                List.of());
        List<List<Optional<InterferenceMatrix.Cell>>> cells = new ArrayList<>();
        for (int i = 0; i < variants.size(); i++) {
            int row = i;
            cells.add(IntStream.range(0, variants.size())
                    .mapToObj(column -> (row + column) % 7 == 3
                            ? Optional.<InterferenceMatrix.Cell>empty()
                            : Optional.of(new InterferenceMatrix.Cell(Math.pow(1.6, (row * column) % 15) * 0.9, 1)))
                    .toList());
        }
        return section(
                List.of(
                        new Family("<family> %s", List.of(mix), Map.of(), List.of()),
                        new Family(
                                "a-workload-with-a-name-of-more-than-sixty-characters-and-[x=1,y=%s]",
                                List.of(), scaling, List.of())),
                many.stream()
                        .limit(5)
                        .map(arm -> new InterferenceMatrix(arm.key(), arm.name(), variants, cells))
                        .toList());
    }

    static Section section(List<Family> families, List<InterferenceMatrix> maps) {
        return new Section(
                "NVIDIA A100-SXM4-80GB",
                false,
                3,
                List.of(),
                List.of("1.2", "3.4"),
                families,
                maps,
                List.of(),
                List.of(),
                List.of());
    }

    static Report report(List<Slo> bounds, List<Section> sections, List<ShownRun> shown) {
        StudyOptions options = new StudyOptions(false, false, bounds, OptionalDouble.empty(), 1);
        return new Report(
                new Study(options, sections, List.of(), List.of()),
                new ReadResults(List.of(), List.of(), List.of(), List.of(), 0, 0),
                shown,
                Instant.EPOCH,
                "0.1.0");
    }

    static MixStudy mix(String words, List<String> variants, Arm... arms) {
        List<Arm> withLatencies = Arrays.stream(arms)
                .map(arm -> new Arm(
                        arm.key(), arm.name(), arm.runs(), arm.leftOut(), arm.estimates(), perVariant(arm, variants)))
                .toList();
        return new MixStudy(
                words,
                variants.size(),
                variants.stream()
                        .map(variant -> new MixStudy.VariantCount(variant, 1, "sample", "inference"))
                        .toList(),
                withLatencies,
                List.of(),
                Choice.none("only MPS"),
                List.of());
    }

    private static Map<String, LatencyCounts> perVariant(Arm arm, List<String> variants) {
        LatencyCounts latencies = arm.latencies().getOrDefault("", LatencyCounts.NONE);
        Map<String, LatencyCounts> all = new LinkedHashMap<>();
        variants.stream().filter(variant -> !variant.equals("stream")).forEach(variant -> all.put(variant, latencies));
        return all;
    }

    static Arm arm(ArmKey key, List<Double> stp, List<Double> slowdown, List<Double> fairness, double medianMs) {
        long seed = key.label().hashCode() + Math.round(100 * medianMs);
        List<StoredRun> runs = Collections.nCopies(
                stp.size(),
                run(
                        key.mode(),
                        Map.of("bert-infer", latencies(1, 2400, 4.1), "resnet-infer", latencies(2, 3000, 3.8))));
        return new Arm(
                key,
                key.label(),
                runs,
                List.of(),
                estimates(stp, slowdown, fairness),
                Map.of("", latencies(seed, 900L * stp.size(), medianMs)));
    }

    private static Map<String, Estimate> estimates(List<Double> stp, List<Double> slowdown, List<Double> fairness) {
        Map<String, Estimate> estimates = new LinkedHashMap<>();
        estimates.put("stp", estimate("stp", "", stp));
        estimates.put("worst_p99_slowdown", estimate("worst_p99_slowdown", "×", slowdown));
        estimates.put("fairness", estimate("fairness", "", fairness));
        return estimates;
    }

    static Estimate estimate(String key, String unit, List<Double> values) {
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        return new Estimate(
                new Metric(key, Optional.empty(), key, unit, Metric.Better.HIGHER, "A number."),
                values,
                mean,
                mean,
                values.size() < 2 ? Optional.empty() : Optional.of(0.1),
                values.size() < 2
                        ? Optional.empty()
                        : Optional.of(new BootstrapInterval(
                                Collections.min(values), Collections.max(values), values.size() > 5)),
                Optional.empty());
    }

    static Map<String, ScalingCurve> curves(String unit, ScalingCurve... curves) {
        Map<String, ScalingCurve> named = new LinkedHashMap<>();
        for (ScalingCurve curve : curves) {
            named.put(
                    curve.arm().label(),
                    new ScalingCurve(
                            curve.arm(),
                            curve.points().stream()
                                    .map(point -> new ScalingCurve.Point(
                                            point.tenants(),
                                            estimate(
                                                    "throughput",
                                                    unit,
                                                    point.throughput().values()),
                                            point.coresEach()))
                                    .toList(),
                            Set.of(),
                            List.of()));
        }
        return named;
    }

    /** @param tenantsAndRates in turn; from two tenants on measured three times */
    static ScalingCurve curve(ArmKey arm, double... tenantsAndRates) {
        List<ScalingCurve.Point> points = new ArrayList<>();
        for (int i = 0; i < tenantsAndRates.length; i += 2) {
            double rate = tenantsAndRates[i + 1];
            List<Double> values = i == 0 ? List.of(rate) : List.of(rate * 0.97, rate, rate * 1.05);
            points.add(
                    new ScalingCurve.Point((int) tenantsAndRates[i], estimate("throughput", "samples/s", values), 0));
        }
        return new ScalingCurve(arm, points, Set.of(), List.of());
    }

    private static InterferenceMatrix matrix(ArmKey arm, double... slowdowns) {
        List<List<Optional<InterferenceMatrix.Cell>>> rows = new ArrayList<>();
        for (int row = 0; row < 3; row++) {
            int first = 3 * row;
            rows.add(IntStream.range(0, 3)
                    .mapToObj(column -> Double.isNaN(slowdowns[first + column])
                            ? Optional.<InterferenceMatrix.Cell>empty()
                            : Optional.of(new InterferenceMatrix.Cell(slowdowns[first + column], 3)))
                    .toList());
        }
        return new InterferenceMatrix(arm, arm.label(), List.of("bert-infer", "stream", "resnet-train"), rows);
    }

    /** Log-normal around the median, every fiftieth three times as long. */
    static LatencyCounts latencies(long seed, long count, double... medianMs) {
        Random random = new Random(seed);
        double median = medianMs.length == 0 ? 5 : medianMs[0];
        Map<Integer, Long> counts = new HashMap<>();
        for (long i = 0; i < count; i++) {
            double ms = median * Math.exp(0.08 * random.nextGaussian()) * (i % 50 == 0 ? 1.5 + random.nextDouble() : 1);
            counts.merge(LatencyCounts.bucketOf(Math.round(ms * 1e6)), 1L, Long::sum);
        }
        return LatencyCounts.of(counts);
    }

    static ShownRun shown(int section, String mix, ArmKey arm, int seed, boolean holes) {
        Random random = new Random(seed);
        List<Double> at = new ArrayList<>();
        List<Double> power = new ArrayList<>();
        List<Double> temperature = new ArrayList<>();
        List<Double> active = new ArrayList<>();
        for (double second = -30; second < 10.5; second += 0.1) {
            boolean busy = (second >= 0 && second < 10) || (second > -25 && second < -15);
            at.add(second);
            power.add(
                    holes && second > 4 && second < 5
                            ? Double.NaN
                            : (busy ? 420 + 60 * seed : 120) + 9 * random.nextGaussian());
            temperature.add(Math.floor(busy ? 40 + Math.max(0, second) * (1 + seed * 0.3) : 38));
            active.add(busy ? 90 - 12 * seed + 3 * random.nextGaussian() : 0);
        }
        Map<String, RunTimeline.Series> gpu = Map.of(
                "power_w", new RunTimeline.Series("W", at, power),
                "temperature_c", new RunTimeline.Series("°C", at, temperature),
                "gpu_utilization_percent", new RunTimeline.Series("%", at, active),
                "sm_active_percent",
                        new RunTimeline.Series(
                                "%",
                                at, active.stream().map(value -> value * 0.6).toList()));
        List<RunTimeline.TenantWindows> tenants = new ArrayList<>();
        for (String variant : List.of("bert-infer", "stream")) {
            double level = variant.equals("stream") ? 1700 : 243.0 / (1 + seed);
            List<RunTimeline.Window> windows = IntStream.range(0, 10)
                    .mapToObj(i -> new RunTimeline.Window(
                            i,
                            i + 1,
                            level * (1 + 0.03 * random.nextGaussian()),
                            true,
                            Optional.empty(),
                            Optional.empty()))
                    .toList();
            tenants.add(new RunTimeline.TenantWindows(tenants.size(), variant, "sample", windows));
        }
        List<RunTimeline.Phase> phases = List.of(
                new RunTimeline.Phase("start", -30, -25),
                new RunTimeline.Phase("measure baseline of bert-infer", -25, -15),
                new RunTimeline.Phase("between", -15, 0),
                new RunTimeline.Phase("measure tenants", 0, 10),
                new RunTimeline.Phase("between", 10, 10.4));
        return new ShownRun(
                section,
                mix,
                arm.label(),
                run(arm.mode(), Map.of("bert-infer", LatencyCounts.NONE, "stream", LatencyCounts.NONE)),
                new RunTimeline(phases, gpu, tenants, Optional.empty()));
    }

    /** One tenant after another, and so four times as long as runs that share. */
    static ShownRun inTurn(String mix) {
        List<Double> at = IntStream.range(-20, 340).mapToObj(i -> i / 10.0).toList();
        List<Double> active = at.stream().map(second -> second < 0 ? 0 : 60.0).toList();
        List<RunTimeline.Phase> phases = new ArrayList<>(List.of(new RunTimeline.Phase("start", -2, 0)));
        List<RunTimeline.TenantWindows> tenants = new ArrayList<>();
        for (int tenant = 0; tenant < 4; tenant++) {
            double from = 8.5 * tenant;
            phases.add(new RunTimeline.Phase("measure tenant " + tenant + " alone", from, from + 8));
            phases.add(new RunTimeline.Phase("between", from + 8, from + 8.5));
            tenants.add(new RunTimeline.TenantWindows(
                    tenant,
                    "bert-infer",
                    "sample",
                    List.of(new RunTimeline.Window(from, from + 8, 243, true, Optional.empty(), Optional.empty()))));
        }
        return new ShownRun(
                0,
                mix,
                "exclusive",
                run(ModeKind.EXCLUSIVE, Map.of("bert-infer", LatencyCounts.NONE)),
                new RunTimeline(
                        phases,
                        Map.of("sm_active_percent", new RunTimeline.Series("%", at, active)),
                        tenants,
                        Optional.empty()));
    }

    /** @param alone of each variant */
    static StoredRun run(ModeKind mode, Map<String, LatencyCounts> alone) {
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        List<BaselineResult> baselines = alone.keySet().stream()
                .map(variant -> new BaselineResult(
                        variant,
                        tenant(variant, variant.equals("stream") ? 1989 : 243),
                        Reading.absent(UNKNOWN),
                        Optional.empty()))
                .toList();
        RunResult result = new RunResult(
                "4f1c09",
                "4f1c09",
                1,
                1,
                Instant.EPOCH,
                false,
                RecordedPlan.read(nothing, mode),
                nothing,
                new ModeProof(true, List.of()),
                baselines,
                List.of(),
                List.of(),
                new SharingMetrics(
                        Reading.absent(UNKNOWN),
                        Reading.absent(UNKNOWN),
                        Reading.absent(UNKNOWN),
                        Reading.absent(UNKNOWN),
                        1,
                        Map.of(),
                        Reading.absent(UNKNOWN),
                        Reading.absent(UNKNOWN),
                        Reading.absent(UNKNOWN),
                        Reading.absent(UNKNOWN),
                        SharingErrors.UNKNOWN),
                Reading.absent(UNKNOWN),
                Reading.absent(UNKNOWN),
                new Timeline(10, Reading.absent(UNKNOWN), Reading.absent(UNKNOWN), 10),
                nothing,
                List.of(),
                new Verdict(List.of()));
        return new StoredRun(Path.of("benchmark.json"), Origin.RESULT, result, Map.of(), alone);
    }

    private static TenantResult tenant(String variant, double rate) {
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        return new TenantResult(
                new TenantResult.Identity(0, variant, variant, "inference", "sample"),
                Optional.empty(),
                new TenantResult.Start(
                        Optional.empty(),
                        nothing,
                        Reading.absent(UNKNOWN),
                        Reading.absent(UNKNOWN),
                        Reading.absent(UNKNOWN),
                        Reading.absent(UNKNOWN)),
                new TenantResult.Work(
                        rate * 10,
                        100,
                        Reading.of(rate),
                        Reading.absent(UNKNOWN),
                        Reading.absent(UNKNOWN),
                        Reading.absent(UNKNOWN),
                        Optional.empty(),
                        List.of()),
                Reading.absent(UNKNOWN),
                Errors.UNKNOWN,
                Reading.absent(UNKNOWN),
                Map.of(),
                Reading.absent(UNKNOWN),
                Optional.empty());
    }
}
