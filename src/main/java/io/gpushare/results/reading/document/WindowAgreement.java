package io.gpushare.results.reading.document;

import io.gpushare.reading.Reading;
import io.gpushare.results.Agreement;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.TenantResult.Latency;
import io.gpushare.results.reading.document.WindowSums.Sum;
import java.util.Optional;

/** Whether what a result says of a tenant follows from the tenant's windows: else one of the two was changed later. */
final class WindowAgreement {
    private static final double NANOS_PER_MILLI = 1e6;

    private WindowAgreement() {}

    static void requireAgreement(String who, TenantResult tenant, Sum windows) throws DamagedFileException {
        Reading<Double> rate = windows.seconds() > 0
                ? Reading.of(windows.units() / windows.seconds())
                : Reading.notMeasured("no window counts");
        requireSame(who, "throughput", tenant.work().measuredUnitsPerSec().asOptional(), rate.asOptional());
        requireSame(who, "number of units", Optional.of(tenant.work().units()), Optional.of(windows.units()));
        requireSame(who, "number of steps", Optional.of((double) tenant.work().steps()), Optional.of((double)
                windows.steps()));
        Optional<Latency> latency = tenant.work().measuredLatency().asOptional();
        long count = windows.latencies().count();
        requireSame(
                who,
                "number of latencies",
                Optional.of((double) latency.map(Latency::count).orElse(0L)),
                Optional.of((double) count));
        if (latency.isPresent()) {
            requireSame(who, "median latency", latency.map(Latency::p50Ms), quantileMs(windows, 0.5));
            requireSame(who, "p99 latency", latency.map(Latency::p99Ms), quantileMs(windows, 0.99));
        }
    }

    private static Optional<Double> quantileMs(Sum windows, double share) {
        return Optional.of(windows.latencies().quantileNanos(share).orElseThrow() / NANOS_PER_MILLI);
    }

    private static void requireSame(String who, String what, Optional<Double> said, Optional<Double> found)
            throws DamagedFileException {
        boolean same =
                said.isPresent() == found.isPresent() && (said.isEmpty() || Agreement.agree(said.get(), found.get()));
        if (!same) {
            throw new DamagedFileException("does not agree with its own windows: the " + what + " of " + who + " is "
                    + words(said) + ", and its windows give " + words(found));
        }
    }

    private static String words(Optional<Double> value) {
        return value.map(Agreement::words).orElse("absent");
    }
}
