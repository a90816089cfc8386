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
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How fast the cores of tenants were that ran together, and what that did to them. */
public final class FullSpeed {
    /** A window with less slowed time shows latencies of full speed. */
    private static final double SLOWED_SHARE_OF_A_FAST_WINDOW = 0.15;

    private final List<TenantResult> together;
    private final List<OptionalDouble> fullSpeedNanos;
    private final IntFunction<Set<Integer>> physicalCore;

    private FullSpeed(
            List<TenantResult> together, List<OptionalDouble> fullSpeedNanos, IntFunction<Set<Integer>> physicalCore) {
        this.together = together;
        this.fullSpeedNanos = fullSpeedNanos;
        this.physicalCore = physicalCore;
    }

    /**
     * @param together tenants with their windows
     * @param fullSpeedNanos how long each one's loop takes at full speed, where that is known
     * @param physicalCore the processors of the core to which one belongs
     */
    public static List<TenantResult> of(
            List<TenantResult> together, List<OptionalDouble> fullSpeedNanos, IntFunction<Set<Integer>> physicalCore) {
        return new FullSpeed(together, fullSpeedNanos, physicalCore).results();
    }

    /** A window that counts, with what is known of its core. */
    private record Seen(WindowResult window, double slowedShare, boolean sharesItsCore) {
        double lengthS() {
            return window.untilS() - window.fromS();
        }

        FullSpeedRate.Window rated() {
            return new FullSpeedRate.Window(window.fromS(), window.untilS(), window.units(), slowedShare);
        }
    }

    private List<TenantResult> results() {
        List<List<Seen>> seen =
                IntStream.range(0, together.size()).mapToObj(this::seen).toList();
        List<List<FullSpeedRate.Window>> windows =
                seen.stream().map(own -> own.stream().map(Seen::rated).toList()).toList();
        List<TenantResult> results = new ArrayList<>();
        for (int place = 0; place < together.size(); place++) {
            TenantResult tenant = together.get(place);
            List<List<FullSpeedRate.Window>> others = new ArrayList<>(windows);
            List<FullSpeedRate.Window> own = others.remove(place);
            boolean known = fullSpeedNanos.get(place).isPresent();
            results.add(known ? of(tenant, place, seen.get(place), own, others) : tenant);
        }
        return results;
    }

    private TenantResult of(
            TenantResult tenant,
            int place,
            List<Seen> seen,
            List<FullSpeedRate.Window> own,
            List<List<FullSpeedRate.Window>> others) {
        CoreSpeed core = coreSpeed(seen, fullSpeedNanos.get(place).orElseThrow());
        boolean judged = !own.isEmpty() && !tenant.waits() && !core.slowedAllTheTime();
        Optional<AtFullSpeed> atFullSpeed = Optional.of(own)
                .filter(_ -> judged)
                .map(windows -> FullSpeedRate.of(windows, others))
                .filter(FullSpeedRate::corrected)
                .map(rate -> new AtFullSpeed(Math.max(0, rate.unitsPerSec()), latency(tenant, seen)));
        return tenant.with(tenant.work().with(Reading.of(core), atFullSpeed));
    }

    private List<Seen> seen(int place) {
        return counted(together.get(place)).map(window -> seen(place, window)).toList();
    }

    private Seen seen(int place, WindowResult window) {
        boolean shared = sharesItsCore(place, window);
        OptionalDouble nanos = fullSpeedNanos.get(place);
        boolean unknown = shared || nanos.isEmpty() || window.core().isEmpty();
        double slowedShare = unknown
                ? 0
                : window.core().get().slowedShare(nanos.getAsDouble()).orElse(0);
        return new Seen(window, slowedShare, shared);
    }

    private static Stream<WindowResult> counted(TenantResult tenant) {
        return tenant.work().windows().stream()
                .filter(WindowResult::counted)
                .filter(window -> window.untilS() > window.fromS());
    }

    private boolean sharesItsCore(int place, WindowResult window) {
        OptionalInt cpu = window.core().map(CoreLoops::core).orElse(OptionalInt.empty());
        if (cpu.isEmpty() || together.size() == 1) {
            return false;
        }
        Set<Integer> physical = physicalCore.apply(cpu.getAsInt());
        return IntStream.range(0, together.size())
                .filter(other -> other != place)
                .mapToObj(together::get)
                .flatMap(other -> other.work().windows().stream())
                .filter(other -> other.fromS() < window.untilS() && other.untilS() > window.fromS())
                .flatMap(other -> other.core().stream())
                .anyMatch(other -> other.core().isPresent()
                        && physical.contains(other.core().getAsInt()));
    }

    private static CoreSpeed coreSpeed(List<Seen> seen, double nanos) {
        List<CoreLoops> loops =
                seen.stream().flatMap(one -> one.window().core().stream()).toList();
        return new CoreSpeed(
                loops.stream()
                        .map(CoreLoops::core)
                        .filter(OptionalInt::isPresent)
                        .map(OptionalInt::getAsInt)
                        .distinct()
                        .sorted()
                        .toList(),
                nanos,
                seen.stream().mapToDouble(Seen::lengthS).sum(),
                seen.stream()
                        .mapToDouble(one -> one.slowedShare() * one.lengthS())
                        .sum(),
                seen.stream()
                        .filter(Seen::sharesItsCore)
                        .mapToDouble(Seen::lengthS)
                        .sum(),
                CoreLoops.slowedSpeed(loops, nanos));
    }

    private static Reading<Latency> latency(TenantResult tenant, List<Seen> seen) {
        List<LatencyCounts> fast = seen.stream()
                .filter(one -> one.slowedShare() < SLOWED_SHARE_OF_A_FAST_WINDOW)
                .map(one -> one.window().latency())
                .toList();
        return fast.size() < FullSpeedRate.LEAST_WINDOWS
                ? tenant.work().measuredLatency()
                : Latency.of(fast.stream().reduce(LatencyCounts.NONE, LatencyCounts::plus));
    }
}
