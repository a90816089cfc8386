package io.gpushare.results.benchmark;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gpushare.analysis.CoreLoops;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.reading.Reading;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tenants of which nothing is known but their windows. */
public final class MadeTenant {
    public static final long FULL_SPEED_NANOS = 60_000;
    private static final long SLOWED_NANOS = 105_000;
    private static final Reading<Double> UNKNOWN = Reading.notMeasured("made up");

    private MadeTenant() {}

    public static TenantResult of(String kind, List<WindowResult> windows) {
        return new TenantResult(
                new TenantResult.Identity(0, "work", "work", kind, "sample"),
                Optional.empty(),
                new TenantResult.Start(
                        Optional.empty(),
                        JsonNodeFactory.instance.objectNode(),
                        UNKNOWN,
                        UNKNOWN,
                        UNKNOWN,
                        Reading.notMeasured("made up")),
                TenantResult.Work.of(windows, UNKNOWN),
                UNKNOWN,
                Errors.UNKNOWN,
                Reading.notMeasured("made up"),
                Map.of(),
                Reading.notMeasured("made up"),
                Optional.empty());
    }

    /** The same one, whose threads waited for a core. */
    public static TenantResult waited(TenantResult tenant, double seconds) {
        return new TenantResult(
                tenant.identity(),
                tenant.problem(),
                tenant.start(),
                tenant.work(),
                tenant.slowdown(),
                tenant.errors(),
                Reading.of(new TenantResult.HostUse(
                        10, Reading.notMeasured("made up"), Reading.notMeasured("made up"), Reading.of(seconds))),
                tenant.metrics(),
                tenant.log(),
                Optional.empty());
    }

    /** Seconds with these rates, of a program that does not look at its core. */
    public static List<WindowResult> seconds(double... rates) {
        return IntStream.range(0, rates.length)
                .mapToObj(second -> new WindowResult(
                        second, second + 1, rates[second], 100, latency(false), true, Optional.empty()))
                .toList();
    }

    /** A second of ten loops, some of them slowed; the tenant does 1000 units, or 600 while it is slowed. */
    public static WindowResult window(int second, int slowedLoops, int cpu) {
        List<Long> nanos = Stream.concat(
                        Collections.nCopies(10 - slowedLoops, FULL_SPEED_NANOS).stream(),
                        Collections.nCopies(slowedLoops, SLOWED_NANOS).stream())
                .toList();
        return new WindowResult(
                second,
                second + 1,
                1000 - 40 * slowedLoops,
                100,
                latency(slowedLoops > 0),
                true,
                Optional.of(new CoreLoops(OptionalInt.of(cpu), nanos)));
    }

    private static LatencyCounts latency(boolean slowed) {
        return LatencyCounts.of(Map.of(slowed ? 2900 : 2761, 100L));
    }

    /** As a run would rate them. */
    public static List<Rating.Rated> rated(List<TenantResult> together, Set<Integer> physicalCore) {
        return Rating.of(
                together.stream()
                        .map(tenant -> new Rating.Watched(
                                tenant.variant(), "", tenant.work().windows(), fullSpeedNanos(tenant), tenant.waits()))
                        .toList(),
                cpu -> physicalCore.contains(cpu) ? physicalCore : Set.of(cpu));
    }

    private static OptionalDouble fullSpeedNanos(TenantResult tenant) {
        boolean looks = tenant.work().windows().stream()
                .anyMatch(window -> window.core().isPresent());
        return looks ? OptionalDouble.of(FULL_SPEED_NANOS) : OptionalDouble.empty();
    }
}
