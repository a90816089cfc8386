package io.gpushare.study;

import io.gpushare.mode.MigLayout;
import io.gpushare.mode.MigSlice;
import io.gpushare.mode.SharingMode;
import io.gpushare.mode.setup.GpuInstance;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.SliceStudy.Point;
import io.gpushare.study.arm.Arms;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Metrics;
import io.gpushare.study.metric.RunNumbers;
import io.gpushare.study.metric.StudyOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Finds runs under MIG in which the first tenant has a slice of its own and all others have slices that are alike,
 * and sets them beside the same workload on the whole GPU.
 */
final class SliceStudies {
    /** Of fewer there is nothing to draw. */
    private static final int LEAST_SLICES = 2;

    private final StudyOptions options;
    private final OptionalDouble idleW;

    private SliceStudies(StudyOptions options, OptionalDouble idleW) {
        this.options = options;
        this.idleW = idleW;
    }

    private record Place(int computeSlices, String slice, int neighbours, String neighbour)
            implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return Comparator.comparingInt(Place::computeSlices)
                    .thenComparing(Place::slice)
                    .thenComparingInt(Place::neighbours)
                    .thenComparing(Place::neighbour)
                    .compare(this, other);
        }
    }

    static List<SliceStudy> of(List<StoredRun> counting, StudyOptions options, OptionalDouble idleW) {
        Map<String, Map<Place, List<RunResult>>> divided = new TreeMap<>();
        Map<String, List<RunResult>> whole = new LinkedHashMap<>();
        for (StoredRun stored : counting) {
            RunResult run = stored.result();
            String variant = run.tenants().getFirst().variant();
            place(run)
                    .ifPresent(place -> divided.computeIfAbsent(variant, _ -> new TreeMap<>())
                            .computeIfAbsent(place, _ -> new ArrayList<>())
                            .add(run));
            if (run.mode() instanceof SharingMode.Exclusive && run.tenants().size() == 1) {
                whole.computeIfAbsent(variant, _ -> new ArrayList<>()).add(run);
            }
        }
        SliceStudies studies = new SliceStudies(options, idleW);
        List<SliceStudy> found = new ArrayList<>();
        divided.forEach((variant, places) -> {
            SliceStudy study = studies.study(variant, places, whole.getOrDefault(variant, List.of()));
            if (study.points().stream().map(Point::slice).distinct().count() >= LEAST_SLICES) {
                found.add(study);
            }
        });
        return found;
    }

    private static Optional<Place> place(RunResult run) {
        if (!(run.mode() instanceof SharingMode.Mig(MigLayout layout, var mps)) || mps.isPresent()) {
            return Optional.empty();
        }
        List<MigSlice> slices = switch (layout) {
            case MigLayout.Slices(List<MigSlice> all) -> all;
            case MigLayout.Each(MigSlice slice) when run.tenants().size() == 1 -> List.of(slice);
            case MigLayout.Each _, MigLayout.Balanced _, MigLayout.None _ -> List.of();
        };
        if (slices.size() != run.tenants().size() || slices.getFirst().devices() != 1) {
            return Optional.empty();
        }
        List<MigSlice> others = slices.subList(1, slices.size());
        List<String> neighbours = run.tenants().stream()
                .skip(1)
                .map(TenantResult::variant)
                .distinct()
                .toList();
        boolean alike = others.stream().distinct().count() <= 1 && neighbours.size() <= 1;
        MigSlice first = slices.getFirst();
        int size = first.computeInstances().isEmpty()
                ? GpuInstance.slices(first.profile())
                : first.computeInstances().getFirst();
        return alike
                ? Optional.of(
                        new Place(size, first.text(), others.size(), neighbours.isEmpty() ? "" : neighbours.getFirst()))
                : Optional.empty();
    }

    private SliceStudy study(String variant, Map<Place, List<RunResult>> places, List<RunResult> whole) {
        String unit = places.values()
                        .iterator()
                        .next()
                        .getFirst()
                        .tenants()
                        .getFirst()
                        .unit() + "s/s";
        Metric rate = Metrics.RATE.inUnit(unit).of(variant);
        List<Point> points = new ArrayList<>();
        places.forEach((place, runs) -> estimate(rate, runs, SliceStudies::rate)
                .ifPresent(speed -> points.add(new Point(
                        place.slice(),
                        place.computeSlices(),
                        place.neighbours(),
                        place.neighbour(),
                        speed,
                        estimate(Metrics.MEAN_POWER, runs, SliceStudies::watts)))));
        int slices = points.stream()
                .mapToInt(point -> GpuInstance.slices(point.slice()))
                .max()
                .orElse(1);
        SliceStudy bare = new SliceStudy(
                variant,
                estimate(rate, whole, SliceStudies::rate),
                estimate(Metrics.MEAN_POWER, whole, SliceStudies::watts),
                idleW,
                slices,
                points,
                List.of());
        return new SliceStudy(
                bare.variant(), bare.whole(), bare.wholeW(), idleW, slices, points, SliceAnswers.of(bare, options));
    }

    private Optional<Estimate> estimate(
            Metric metric, List<RunResult> runs, Function<RunResult, Optional<Double>> value) {
        List<Double> values =
                runs.stream().flatMap(run -> value.apply(run).stream()).toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(Arms.estimate(metric, values, options.seed()));
    }

    private static Optional<Double> rate(RunResult run) {
        return run.tenants().getFirst().unitsPerSec().asOptional();
    }

    private static Optional<Double> watts(RunResult run) {
        return run.gpu().asOptional().flatMap(RunNumbers::sampledPower);
    }
}
