package io.gpushare.sampling;

import io.gpushare.gpu.Absence;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.PcieTraffic;
import io.gpushare.gpu.Reading;
import org.jspecify.annotations.Nullable;

/** The driver's PCIe counters, and how fast they moved since they were read last. For one thread. */
final class PcieRates {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final Reading<Double> NOTHING_BEFORE = Reading.absent(Absence.Kind.NO_DATA);

    private final Gpu gpu;
    private final UnixTime time;
    private @Nullable PcieTraffic before;
    private long beforeNanos;

    PcieRates(Gpu gpu, UnixTime time) {
        this.gpu = gpu;
        this.time = time;
    }

    Reading<Traffic> next() {
        return gpu.pcieTraffic().map(this::since);
    }

    private Traffic since(PcieTraffic now) {
        long nowNanos = time.elapsedNanos();
        double seconds = (nowNanos - beforeNanos) / NANOS_PER_SECOND;
        Traffic traffic = before == null
                ? new Traffic(now, NOTHING_BEFORE, NOTHING_BEFORE)
                : new Traffic(
                        now,
                        rate(before.sentBytes(), now.sentBytes(), seconds),
                        rate(before.receivedBytes(), now.receivedBytes(), seconds));
        before = now;
        beforeNanos = nowNanos;
        return traffic;
    }

    private static Reading<Double> rate(long before, long now, double seconds) {
        if (now < before || seconds <= 0) {
            return Reading.absent(new Absence(Absence.Kind.NO_DATA, "the counter began anew"));
        }
        return Reading.of((now - before) / seconds);
    }

    record Traffic(PcieTraffic total, Reading<Double> sentBytesPerS, Reading<Double> receivedBytesPerS) {}
}
