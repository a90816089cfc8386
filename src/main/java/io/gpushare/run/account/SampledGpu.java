package io.gpushare.run.account;

import io.gpushare.gpu.ClockEvent;
import io.gpushare.gpu.Gpu;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.GpuUse;
import io.gpushare.results.benchmark.GpuUse.Levels;
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
import java.util.Optional;
import java.util.function.Function;

/** What the sampler knows of the GPU, phase by phase. Complete when sampling has ended. */
final class SampledGpu {
    private final Optional<Subject> subject;
    private final PhaseSummary summary;
    private final LatestReadings latest;
    private final List<GpuEnergy> energy;

    SampledGpu(Optional<Gpu> gpu, PhaseSummary summary, LatestReadings latest, List<GpuEnergy> energy) {
        this.subject = gpu.map(sampled -> Subject.gpu(sampled.identity().uuid()));
        this.summary = summary;
        this.latest = latest;
        this.energy = List.copyOf(energy);
    }

    Reading<GpuUse> in(String phase) {
        if (subject.isEmpty()) {
            return Reading.notMeasured("no GPU took part");
        }
        Map<String, Reading<Levels>> levels = new LinkedHashMap<>();
        for (MetricSummary metric : summary.metrics(phase)) {
            if (metric.subject().equals(subject.get())) {
                levels.put(metric.metric().name(), levels(metric));
            }
        }
        if (levels.isEmpty()) {
            return Reading.notMeasured("nothing was measured");
        }
        return Reading.of(new GpuUse(
                levels,
                energy(phase, PhaseEnergy::counterJoules),
                energy(phase, joules -> joules.integral().map(PhaseEnergy.Integral::joules)),
                energy(phase, PhaseEnergy::disagreementPercent),
                clockEvents(phase).map(GpuClockEvents::throttling).orElse("")));
    }

    /** What made the GPU slower than it should be. Its power limit is not among it: a full load may well meet that. */
    String heldBack(String phase) {
        return clockEvents(phase)
                .map(events -> events.without(ClockEvent.SOFTWARE_POWER_CAP).throttling())
                .orElse("");
    }

    /** In percent of the samples of that phase. */
    double atPowerLimitPercent(String phase) {
        return clockEvents(phase)
                .map(events -> events.percentOfSamples().getOrDefault(ClockEvent.SOFTWARE_POWER_CAP, 0.0))
                .orElse(0.0);
    }

    private Optional<GpuClockEvents> clockEvents(String phase) {
        return subject.flatMap(gpu -> summary.clockEvents(phase, gpu));
    }

    private Reading<Levels> levels(MetricSummary metric) {
        return metric.levels().map(Reading::of).orElseGet(() -> Reading.absent(whyNot(metric)));
    }

    private Absence whyNot(MetricSummary metric) {
        return latest.value(metric.subject(), metric.metric().name())
                .whyAbsent()
                .orElse(new Absence(Absence.Kind.NO_DATA, "the measured time was too short for a sample"));
    }

    private Reading<Double> energy(String phase, Function<PhaseEnergy, Reading<Double>> which) {
        return energy.stream()
                .filter(gpu -> subject.filter(gpu.gpu()::equals).isPresent())
                .flatMap(gpu -> gpu.phases().stream())
                .filter(candidate -> candidate.phase().equals(phase))
                .findFirst()
                .map(which)
                .orElseGet(() -> Reading.notMeasured("the GPU told no energy"));
    }
}
