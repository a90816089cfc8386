package io.gpushare.sampling.summary;

import io.gpushare.reading.Reading;
import io.gpushare.sampling.samples.EnergyMark;
import io.gpushare.sampling.samples.PhaseBorder;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.summary.PhaseEnergy.Integral;
import io.gpushare.sampling.summary.PhaseEnergy.PowerSource;
import io.gpushare.sampling.summary.PowerIntegral.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The energy of one GPU: its counter at the borders, and the integrals of recorded and of polled power between them.
 */
final class EnergyAccount {
    private static final double FLAGGED_PERCENT = 5;
    /** The counter moves each 100 ms: at two borders of a 4 s phase that is 5 %. */
    private static final long LONG_ENOUGH_TO_FLAG_NANOS = 4_000_000_000L;

    private static final double ENOUGH_COVERAGE_PERCENT = 50;
    private static final double MILLIJOULES_PER_JOULE = 1e3;
    private static final Reading<Long> STILL_RUNNING = Reading.noData("the phase was not ended");

    private final Subject gpu;
    private final PowerIntegral recorded;
    private final PowerIntegral polled;
    private final List<Border> borders = new ArrayList<>();
    private long newestNanos = Long.MIN_VALUE;

    EnergyAccount(Subject gpu, long recordedGapNanos, long polledGapNanos) {
        this.gpu = gpu;
        this.recorded = new PowerIntegral(recordedGapNanos);
        this.polled = new PowerIntegral(polledGapNanos);
    }

    void add(PowerSource source, long nanos, double watts) {
        newestNanos = Math.max(newestNanos, nanos);
        switch (source) {
            case RECORDED -> recorded.add(nanos, watts);
            case POLLED -> polled.add(nanos, watts);
        }
        // The drivers' record arrives late: a border is settled when a sample behind it has come.
        for (int i = borders.size() - 1; i >= 0 && !borders.get(i).settled(); i--) {
            borders.get(i).settle(recorded, polled);
        }
    }

    void border(String phase, EnergyMark mark) {
        newestNanos = Math.max(newestNanos, mark.elapsedNanos());
        Border border = new Border(phase, mark.elapsedNanos(), mark.millijoules());
        border.settle(recorded, polled);
        borders.add(border);
    }

    /** Empty before the first border. A phase that has not ended is reported up to the newest sample. */
    Optional<GpuEnergy> report() {
        if (borders.isEmpty()) {
            return Optional.empty();
        }
        List<Border> all = new ArrayList<>(borders);
        if (!borders.getLast().phase.equals(PhaseBorder.END)) {
            all.add(new Border(PhaseBorder.END, newestNanos, STILL_RUNNING));
        }
        List<PhaseEnergy> phases = new ArrayList<>();
        for (int i = 0; i + 1 < all.size(); i++) {
            phases.add(between(all.get(i).phase, all.get(i), all.get(i + 1)));
        }
        return Optional.of(new GpuEnergy(gpu, between("total", all.getFirst(), all.getLast()), phases));
    }

    private PhaseEnergy between(String phase, Border from, Border to) {
        long duration = to.nanos - from.nanos;
        Reading<Double> counter = counterBetween(from.millijoules, to.millijoules);
        Reading<Integral> integral = integralBetween(from, to, duration);
        Reading<Double> disagreement = disagreement(counter, integral);
        boolean disagrees = duration >= LONG_ENOUGH_TO_FLAG_NANOS
                && disagreement.asOptional().stream().anyMatch(percent -> Math.abs(percent) > FLAGGED_PERCENT);
        return new PhaseEnergy(phase, from.nanos, to.nanos, counter, integral, disagreement, disagrees);
    }

    private static Reading<Double> counterBetween(Reading<Long> from, Reading<Long> to) {
        return from.flatMap(first -> to.flatMap(last -> last < first
                ? Reading.failed("the energy counter began anew")
                : Reading.of((last - first) / MILLIJOULES_PER_JOULE)));
    }

    private Reading<Integral> integralBetween(Border from, Border to, long duration) {
        Integral best = integral(PowerSource.RECORDED, to.recorded(recorded).minus(from.recorded(recorded)), duration);
        Integral other = integral(PowerSource.POLLED, to.polled(polled).minus(from.polled(polled)), duration);
        if (best.coveragePercent() < ENOUGH_COVERAGE_PERCENT && other.coveragePercent() > best.coveragePercent()) {
            best = other;
        }
        return best.coveragePercent() > 0 ? Reading.of(best) : Reading.noData("no power samples in this phase");
    }

    private static Integral integral(PowerSource source, Progress progress, long duration) {
        double coverage = duration <= 0 ? 0 : 100.0 * progress.coveredNanos() / duration;
        return new Integral(source, progress.joules(), coverage);
    }

    private static Reading<Double> disagreement(Reading<Double> counter, Reading<Integral> integral) {
        return counter.flatMap(joules -> integral.flatMap(power -> {
            if (power.coveragePercent() < ENOUGH_COVERAGE_PERCENT) {
                return Reading.noData("power samples cover less than half of the phase");
            }
            if (joules <= 0) {
                return Reading.noData("the energy counter did not move");
            }
            double whole = power.joules() * 100 / power.coveragePercent();
            return Reading.of(100 * (whole - joules) / joules);
        }));
    }

    private static final class Border {
        private final String phase;
        private final long nanos;
        private final Reading<Long> millijoules;
        private Optional<Progress> recorded = Optional.empty();
        private Optional<Progress> polled = Optional.empty();

        Border(String phase, long nanos, Reading<Long> millijoules) {
            this.phase = phase;
            this.nanos = nanos;
            this.millijoules = millijoules;
        }

        boolean settled() {
            return recorded.isPresent() && polled.isPresent();
        }

        void settle(PowerIntegral recordedPower, PowerIntegral polledPower) {
            recorded = recorded.or(() -> recordedPower.at(nanos));
            polled = polled.or(() -> polledPower.at(nanos));
        }

        Progress recorded(PowerIntegral power) {
            return recorded.orElseGet(() -> power.soFar(nanos));
        }

        Progress polled(PowerIntegral power) {
            return polled.orElseGet(() -> power.soFar(nanos));
        }
    }
}
