package io.gpushare.sim.device;

import io.gpushare.gpu.Gpm;
import io.gpushare.gpu.GpmMetric;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.sim.event.Use;
import io.gpushare.sim.model.MigPart;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Differences between two looks at what the model has added up. */
final class SimulatedGpm implements Gpm {
    private static final long SHORTEST_SPAN_NANOS = 100_000_000;

    private final SimulatedMachine machine;
    private final @Nullable Part part;
    private SimulatedMachine.@Nullable TimedUse before;

    /** @param part null for the whole GPU */
    SimulatedGpm(SimulatedMachine machine, @Nullable Part part) {
        this.machine = machine;
        this.part = part;
    }

    @Override
    public synchronized Reading<Map<GpmMetric, Reading<Double>>> next() {
        SimulatedMachine.TimedUse first = before;
        SimulatedMachine.TimedUse now = machine.use(part);
        if (first != null && now.nanos() - first.nanos() < SHORTEST_SPAN_NANOS) {
            return Reading.absent(Absence.Kind.NO_DATA);
        }
        before = now;
        return first == null ? Reading.absent(Absence.Kind.NO_DATA) : Reading.of(between(first, now));
    }

    private Map<GpmMetric, Reading<Double>> between(SimulatedMachine.TimedUse first, SimulatedMachine.TimedUse now) {
        double sms = part == null
                ? 1
                : (double) part.sms(machine.profile()) / machine.profile().sms();
        double bandwidth =
                part == null ? 1 : part.mig().map(MigPart::bandwidthShare).orElse(1.0);
        Map<GpmMetric, Reading<Double>> metrics = new EnumMap<>(GpmMetric.class);
        for (GpmMetric metric : GpmMetric.values()) {
            metrics.put(
                    metric,
                    switch (metric) {
                        case GRAPHICS_UTIL -> percent(first, now, use -> 100.0 * use.busyNanos(), 1);
                        case SM_UTIL -> percent(first, now, Use::smPercentNanos, sms);
                        case SM_OCCUPANCY -> percent(first, now, Use::occupancyPercentNanos, sms);
                        case TENSOR_UTIL -> percent(first, now, Use::tensorPercentNanos, sms);
                        case DRAM_BANDWIDTH_UTIL -> percent(first, now, Use::dramPercentNanos, bandwidth);
                        case PCIE_SENT, PCIE_RECEIVED -> Reading.absent(SimulatedGpu.NOT_SIMULATED);
                    });
        }
        return metrics;
    }

    private static Reading<Double> percent(
            SimulatedMachine.TimedUse first,
            SimulatedMachine.TimedUse now,
            ToDoubleFunction<Use> integral,
            double share) {
        double difference = integral.applyAsDouble(now.use()) - integral.applyAsDouble(first.use());
        return Reading.of(Math.min(100, difference / (now.nanos() - first.nanos()) / share));
    }

    @Override
    public void close() {}
}
