package io.gpushare.results.benchmark;

import io.gpushare.analysis.CoreLoops;
import io.gpushare.analysis.FullSpeedRate;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.TenantResult.AtFullSpeed;
import io.gpushare.results.benchmark.TenantResult.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** How fast the cores of tenants were that ran together, and what that did to them. */
public final class FullSpeed {
    /** A window with less slowed time shows latencies of full speed. */
    private static final double SLOWED_SHARE_OF_A_FAST_WINDOW = 0.15;

    private FullSpeed() {}

    /**
     * @param together tenants with their windows
     * @param fullSpeedNanos how long each one's loop takes at full speed, where that is known
     */
    public static List<TenantResult> of(List<TenantResult> together, List<OptionalDouble> fullSpeedNanos) {
        List<List<FullSpeedRate.Window>> windows = IntStream.range(0, together.size())
                .mapToObj(place -> windows(together.get(place), fullSpeedNanos.get(place)))
                .toList();
        List<TenantResult> results = new ArrayList<>();
        for (int place = 0; place < together.size(); place++) {
            TenantResult tenant = together.get(place);
            List<List<FullSpeedRate.Window>> others = new ArrayList<>(windows);
            List<FullSpeedRate.Window> own = others.remove(place);
            OptionalDouble nanos = fullSpeedNanos.get(place);
            results.add(nanos.isEmpty() ? tenant : of(tenant, nanos.getAsDouble(), own, others));
        }
        return results;
    }

    private static TenantResult of(
            TenantResult tenant,
            double nanos,
            List<FullSpeedRate.Window> own,
            List<List<FullSpeedRate.Window>> others) {
        CoreSpeed core = coreSpeed(counted(tenant), own, nanos);
        boolean judged = !own.isEmpty() && !tenant.waits() && !core.slowedAllTheTime();
        Optional<AtFullSpeed> atFullSpeed = Optional.of(own)
                .filter(_ -> judged)
                .map(windows -> FullSpeedRate.of(windows, others))
                .filter(FullSpeedRate::corrected)
                .map(rate -> new AtFullSpeed(Math.max(0, rate.unitsPerSec()), latency(tenant, nanos)));
        return tenant.with(tenant.work().with(Reading.of(core), atFullSpeed));
    }

    private static List<WindowResult> counted(TenantResult tenant) {
        return tenant.work().windows().stream()
                .filter(WindowResult::counted)
                .filter(window -> window.untilS() > window.fromS())
                .toList();
    }

    /** The counted ones. */
    private static List<FullSpeedRate.Window> windows(TenantResult tenant, OptionalDouble nanos) {
        return counted(tenant).stream()
                .map(window -> new FullSpeedRate.Window(
                        window.fromS(), window.untilS(), window.units(), slowedShare(window, nanos)))
                .toList();
    }

    private static double slowedShare(WindowResult window, OptionalDouble nanos) {
        return nanos.isEmpty()
                ? 0
                : window.core()
                        .map(loops -> loops.slowedShare(nanos.getAsDouble()))
                        .orElse(OptionalDouble.empty())
                        .orElse(0);
    }

    private static CoreSpeed coreSpeed(List<WindowResult> counted, List<FullSpeedRate.Window> windows, double nanos) {
        List<CoreLoops> loops =
                counted.stream().flatMap(window -> window.core().stream()).toList();
        return new CoreSpeed(
                loops.stream()
                        .map(CoreLoops::core)
                        .filter(OptionalInt::isPresent)
                        .map(OptionalInt::getAsInt)
                        .distinct()
                        .sorted()
                        .toList(),
                nanos,
                windows.stream()
                        .mapToDouble(window -> window.untilS() - window.fromS())
                        .sum(),
                windows.stream()
                        .mapToDouble(window -> window.slowedShare() * (window.untilS() - window.fromS()))
                        .sum(),
                CoreLoops.slowedSpeed(loops, nanos));
    }

    private static Reading<Latency> latency(TenantResult tenant, double nanos) {
        List<WindowResult> fast = counted(tenant).stream()
                .filter(window -> slowedShare(window, OptionalDouble.of(nanos)) < SLOWED_SHARE_OF_A_FAST_WINDOW)
                .toList();
        return fast.size() < FullSpeedRate.LEAST_WINDOWS
                ? tenant.work().measuredLatency()
                : Latency.of(fast.stream().map(WindowResult::latency).reduce(LatencyCounts.NONE, LatencyCounts::plus));
    }
}
