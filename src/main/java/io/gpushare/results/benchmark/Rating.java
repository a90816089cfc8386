package io.gpushare.results.benchmark;

import io.gpushare.analysis.CoreLoops;
import io.gpushare.analysis.CoreSensitivity;
import io.gpushare.analysis.FullSpeedRate;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.analysis.Overlap;
import io.gpushare.analysis.PercentileInterval;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.CoreSpeed.Effect;
import io.gpushare.results.benchmark.TenantResult.AtFullSpeed;
import io.gpushare.results.benchmark.TenantResult.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What tenants did that ran together, how fast their cores were meanwhile, and how sure the figures are. */
public final class Rating {
    /** A window with less slowed time shows latencies of full speed. */
    private static final double SLOWED_SHARE_OF_A_FAST_WINDOW = 0.15;

    private static final Overlap<WindowResult> OVERLAP = new Overlap<>(WindowResult::fromS, WindowResult::untilS);

    private final List<Watched> together;
    private final IntFunction<Set<Integer>> physicalCore;

    private Rating(List<Watched> together, IntFunction<Set<Integer>> physicalCore) {
        this.together = together;
        this.physicalCore = physicalCore;
    }

    /**
     * A tenant that is to be rated.
     *
     * @param alike what it does, and how it may use the GPU: the same of tenants that are alike
     * @param machine on which it ran: a processor's number means something there only; empty for this one
     * @param windows all of them
     * @param fullSpeedNanos how long its loop takes at full speed, where that is known
     * @param waits for somebody: its speed is not that of its core
     */
    public record Watched(
            String alike, String machine, List<WindowResult> windows, OptionalDouble fullSpeedNanos, boolean waits) {
        public Watched {
            windows = List.copyOf(windows);
        }

        private Stream<WindowResult> counted() {
            return windows.stream().filter(WindowResult::counted).filter(window -> window.untilS() > window.fromS());
        }
    }

    /**
     * @param core how fast its core was
     * @param rate with what it was made from; empty where nothing was counted
     * @param latencies of the windows in which its core was at full speed, in order; of all where those are too few
     */
    public record Rated(Reading<CoreSpeed> core, Optional<FullSpeedRate> rate, List<LatencyCounts> latencies) {
        public Rated {
            latencies = List.copyOf(latencies);
        }

        /** The tenant with these figures. */
        public TenantResult applied(TenantResult tenant) {
            Optional<AtFullSpeed> atFullSpeed = rate.filter(FullSpeedRate::corrected)
                    .map(fast -> new AtFullSpeed(Math.max(0, fast.unitsPerSec()), latency()));
            Errors errors = new Errors(
                    rate.flatMap(FullSpeedRate::estimate),
                    percentile(0.5),
                    percentile(0.9),
                    percentile(0.99),
                    OptionalDouble.empty());
            return tenant.with(tenant.work().with(core, atFullSpeed), errors);
        }

        private Reading<Latency> latency() {
            return Latency.of(latencies.stream().reduce(LatencyCounts.NONE, LatencyCounts::plus));
        }

        private OptionalDouble percentile(double share) {
            return PercentileInterval.of(latencies, share)
                    .map(PercentileInterval::percent)
                    .orElse(OptionalDouble.empty());
        }
    }

    /** @param physicalCore the processors of the core to which one belongs */
    public static List<Rated> of(List<Watched> together, IntFunction<Set<Integer>> physicalCore) {
        return new Rating(together, physicalCore).rated();
    }

    /** A window that counts, with what is known of its core. */
    private record Seen(WindowResult window, double slowedShare, boolean sharesItsCore) {
        double lengthS() {
            return window.untilS() - window.fromS();
        }

        static double seconds(List<Seen> all) {
            return all.stream().mapToDouble(Seen::lengthS).sum();
        }

        static double slowedS(List<Seen> all) {
            return all.stream()
                    .mapToDouble(one -> one.slowedShare() * one.lengthS())
                    .sum();
        }

        boolean tellsOfItsCore() {
            return !sharesItsCore && window.core().isPresent();
        }

        FullSpeedRate.Window rated() {
            return new FullSpeedRate.Window(window.fromS(), window.untilS(), window.units(), slowedShare);
        }
    }

    private List<Rated> rated() {
        List<List<Seen>> seen =
                IntStream.range(0, together.size()).mapToObj(this::seen).toList();
        Map<String, List<Integer>> alike = IntStream.range(0, together.size())
                .boxed()
                .collect(Collectors.groupingBy(place -> together.get(place).alike()));
        Rated[] rated = new Rated[together.size()];
        alike.values().forEach(places -> rate(places, seen, rated));
        return List.of(rated);
    }

    /** Rates tenants that are alike. */
    private void rate(List<Integer> places, List<List<Seen>> seen, Rated[] rated) {
        Optional<CoreSensitivity> sensitivity = CoreSensitivity.of(places.stream()
                .map(place -> seen.get(place).stream()
                        .filter(Seen::tellsOfItsCore)
                        .map(Seen::rated)
                        .toList())
                .toList());
        Map<Integer, FullSpeedRate> asOne = asOne(places, seen);
        for (int place : places) {
            Watched tenant = together.get(place);
            Reading<CoreSpeed> core = coreSpeed(tenant, seen.get(place), sensitivity, asOne.containsKey(place));
            rated[place] = rated(
                    tenant,
                    seen.get(place),
                    core,
                    () -> Optional.ofNullable(asOne.get(place))
                            .orElseGet(() -> FullSpeedRate.of(List.of(beside(place, seen)))
                                    .getFirst()));
        }
    }

    /** What tenants that are alike did by their slopes in common; empty where they show none. */
    private Map<Integer, FullSpeedRate> asOne(List<Integer> places, List<List<Seen>> seen) {
        List<Integer> telling = places.stream()
                .filter(place -> seen.get(place).size() >= FullSpeedRate.LEAST_WINDOWS)
                .toList();
        double seconds = 0;
        double slowedS = 0;
        for (int place : telling) {
            seconds += Seen.seconds(seen.get(place));
            slowedS += Seen.slowedS(seen.get(place));
        }
        if (telling.size() < 2 || slowedS > CoreSpeed.MOST_SLOWED * seconds) {
            return Map.of();
        }
        List<FullSpeedRate> rates = FullSpeedRate.of(
                telling.stream().map(place -> beside(place, seen)).toList());
        return IntStream.range(0, telling.size())
                .filter(at -> rates.get(at).corrected())
                .boxed()
                .collect(Collectors.toMap(telling::get, rates::get));
    }

    private static FullSpeedRate.Beside beside(int place, List<List<Seen>> seen) {
        List<List<FullSpeedRate.Window>> windows = new ArrayList<>();
        seen.forEach(one -> windows.add(one.stream().map(Seen::rated).toList()));
        return new FullSpeedRate.Beside(windows.remove(place), windows);
    }

    private static Rated rated(
            Watched tenant, List<Seen> seen, Reading<CoreSpeed> core, Supplier<FullSpeedRate> atFullSpeed) {
        if (seen.isEmpty()) {
            return new Rated(core, Optional.empty(), List.of());
        }
        boolean asItWas = tenant.waits()
                || core.asOptional()
                        .map(speed -> speed.slowedAllTheTime() || speed.harmless())
                        .orElse(true);
        FullSpeedRate rate = asItWas
                ? FullSpeedRate.asMeasured(seen.stream().map(Seen::rated).toList())
                : atFullSpeed.get();
        return new Rated(core, Optional.of(rate), latencies(seen, rate.corrected()));
    }

    private List<Seen> seen(int place) {
        return together.get(place).counted().map(window -> seen(place, window)).toList();
    }

    private Seen seen(int place, WindowResult window) {
        boolean shared = sharesItsCore(place, window);
        OptionalDouble nanos = together.get(place).fullSpeedNanos();
        boolean unknown = shared || nanos.isEmpty() || window.core().isEmpty();
        double slowedShare = unknown
                ? 0
                : window.core().get().slowedShare(nanos.getAsDouble()).orElse(0);
        return new Seen(window, slowedShare, shared);
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
                .filter(other -> other.machine().equals(together.get(place).machine()))
                .flatMap(other -> OVERLAP.of(other.windows(), window.fromS(), window.untilS()).stream())
                .flatMap(other -> other.core().stream())
                .anyMatch(other -> other.core().isPresent()
                        && physical.contains(other.core().getAsInt()));
    }

    private static Reading<CoreSpeed> coreSpeed(
            Watched tenant, List<Seen> seen, Optional<CoreSensitivity> sensitivity, boolean knownOfAlike) {
        if (tenant.fullSpeedNanos().isEmpty()) {
            return Reading.notMeasured("it does not look at the speed of its core");
        }
        double nanos = tenant.fullSpeedNanos().getAsDouble();
        List<CoreLoops> loops =
                seen.stream().flatMap(one -> one.window().core().stream()).toList();
        double seconds = Seen.seconds(seen);
        double slowedS = Seen.slowedS(seen);
        boolean harmless = slowedS >= FullSpeedRate.NEGLIGIBLE * seconds
                && sensitivity
                        .filter(known -> known.isHarmless(slowedS / seconds))
                        .isPresent();
        return Reading.of(new CoreSpeed(
                loops.stream()
                        .map(CoreLoops::core)
                        .filter(OptionalInt::isPresent)
                        .map(OptionalInt::getAsInt)
                        .distinct()
                        .sorted()
                        .toList(),
                nanos,
                seconds,
                slowedS,
                seen.stream()
                        .filter(Seen::sharesItsCore)
                        .mapToDouble(Seen::lengthS)
                        .sum(),
                CoreLoops.slowedSpeed(loops, nanos),
                loops.stream().anyMatch(CoreLoops::witnessed),
                harmless ? Effect.NONE : knownOfAlike ? Effect.KNOWN_OF_ALIKE : Effect.OF_ITS_OWN));
    }

    private static List<LatencyCounts> latencies(List<Seen> seen, boolean corrected) {
        List<LatencyCounts> fast = seen.stream()
                .filter(one -> one.slowedShare() < SLOWED_SHARE_OF_A_FAST_WINDOW)
                .map(one -> one.window().latency())
                .toList();
        return corrected && fast.size() >= FullSpeedRate.LEAST_WINDOWS
                ? fast
                : seen.stream().map(one -> one.window().latency()).toList();
    }
}
