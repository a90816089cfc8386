package io.gpushare.sampling.host;

import io.gpushare.platform.KernelFile;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How busy the processors were since the last look. For one thread. */
public final class HostCpu {

    private final Path stat;
    private final LongSupplier nanos;
    private @Nullable CpuTimes before;
    private long beforeNanos;

    /** @param nanos monotonic time */
    public HostCpu(Path procRoot, LongSupplier nanos) {
        this.stat = procRoot.resolve("stat");
        this.nanos = nanos;
    }

    public record Use(CpuTimes before, CpuTimes now, double seconds) {
        public double busyPercent() {
            return now.all().busyPercentSince(before.all());
        }

        public double stolenPercent() {
            return now.all().stolenPercentSince(before.all());
        }

        public double contextSwitchesPerS() {
            return (now.contextSwitches() - before.contextSwitches()) / seconds;
        }

        /** Absent for a core that came or went in between. */
        public Reading<Double> busyPercent(String core) {
            return now.core(core)
                    .flatMap(later -> before.core(core).map(later::busyPercentSince))
                    .map(Reading::of)
                    .orElseGet(() -> Reading.noData(core + " is off line"));
        }
    }

    public Reading<Use> next() {
        CpuTimes earlier = before;
        long earlierNanos = beforeNanos;
        Reading<CpuTimes> read = KernelFile.read(stat, CpuTimes::parse);
        beforeNanos = nanos.getAsLong();
        before = read.asOptional().orElse(null);
        double seconds = (beforeNanos - earlierNanos) / 1e9;
        if (before != null && (earlier == null || seconds <= 0)) {
            return Reading.absent(Absence.Kind.NO_DATA);
        }
        return read.map(now -> new Use(earlier == null ? now : earlier, now, seconds));
    }

    /** The cores of now. */
    public Reading<CpuTimes> times() {
        return KernelFile.read(stat, CpuTimes::parse);
    }
}
