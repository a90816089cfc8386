package io.gpushare.run.account;

import io.gpushare.gpu.ClockEvent;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.GpuUse;
import io.gpushare.results.benchmark.GpuUse.Levels;
import io.gpushare.run.stage.StageResult;
import io.gpushare.sampling.LatestReadings;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.summary.GpuClockEvents;
import io.gpushare.sampling.summary.GpuEnergy;
import io.gpushare.sampling.summary.MetricSummary;
import io.gpushare.sampling.summary.PhaseEnergy;
import io.gpushare.sampling.summary.PhaseSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the sampler knows of the GPUs that a stage used, phase by phase: of several, levels are over the samples of all,
 * and energy is their sum. Complete when sampling has ended.
 */
final class SampledGpu {
    private final Function<StageResult, Reading<Set<Subject>>> used;
    private final PhaseSummary summary;
    private final LatestReadings latest;
    private final List<GpuEnergy> energy;

    /** @param used by the tenants of a stage */
    SampledGpu(
            Function<StageResult, Reading<Set<Subject>>> used,
            PhaseSummary summary,
            LatestReadings latest,
            List<GpuEnergy> energy) {
        this.used = used;
        this.summary = summary;
        this.latest = latest;
        this.energy = List.copyOf(energy);
    }

    Reading<GpuUse> in(StageResult stage) {
        return switch (used.apply(stage)) {
            case Reading.Absent<Set<Subject>>(Absence absence) -> Reading.absent(absence);
            case Reading.Value<Set<Subject>>(Set<Subject> gpus) ->
                CombinedUse.of(gpus.stream().map(gpu -> of(gpu, stage.phase())).toList());
        };
    }

    private Reading<GpuUse> of(Subject gpu, String phase) {
        Map<String, Reading<Levels>> levels = new LinkedHashMap<>();
        for (MetricSummary metric : summary.metrics(phase)) {
            if (metric.subject().equals(gpu)) {
                levels.put(metric.metric().name(), levels(metric));
            }
        }
        if (levels.isEmpty()) {
            return Reading.notMeasured("nothing was measured");
        }
        return Reading.of(new GpuUse(
                levels,
                energy(gpu, phase, PhaseEnergy::counterJoules),
                energy(gpu, phase, joules -> joules.integral().map(PhaseEnergy.Integral::joules)),
                energy(gpu, phase, PhaseEnergy::disagreementPercent),
                summary.clockEvents(phase, gpu).map(GpuClockEvents::throttling).orElse("")));
    }

    /** What made the GPU slower than it should be. Its power limit is not among it: a full load may well meet that. */
    String heldBack(StageResult stage) {
        return clockEvents(stage)
                .map(events -> events.without(ClockEvent.SOFTWARE_POWER_CAP).throttling())
                .filter(words -> !words.isEmpty())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** In percent of the samples of that phase; of several GPUs, of the one that was there most. */
    double atPowerLimitPercent(StageResult stage) {
        return clockEvents(stage)
                .mapToDouble(events -> events.percentOfSamples().getOrDefault(ClockEvent.SOFTWARE_POWER_CAP, 0.0))
                .max()
                .orElse(0.0);
    }

    private Stream<GpuClockEvents> clockEvents(StageResult stage) {
        return used.apply(stage).asOptional().orElse(Set.of()).stream()
                .flatMap(gpu -> summary.clockEvents(stage.phase(), gpu).stream());
    }

    private Reading<Levels> levels(MetricSummary metric) {
        return metric.levels().map(Reading::of).orElseGet(() -> Reading.absent(whyNot(metric)));
    }

    private Absence whyNot(MetricSummary metric) {
        return latest.value(metric.subject(), metric.metric().name())
                .whyAbsent()
                .orElse(new Absence(Absence.Kind.NO_DATA, "the measured time was too short for a sample"));
    }

    private Reading<Double> energy(Subject subject, String phase, Function<PhaseEnergy, Reading<Double>> which) {
        return energy.stream()
                .filter(gpu -> gpu.gpu().equals(subject))
                .flatMap(gpu -> gpu.phases().stream())
                .filter(candidate -> candidate.phase().equals(phase))
                .findFirst()
                .map(which)
                .orElseGet(() -> Reading.notMeasured("the GPU told no energy"));
    }
}
