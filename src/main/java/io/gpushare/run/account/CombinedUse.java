package io.gpushare.run.account;

import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.GpuUse;
import io.gpushare.results.benchmark.GpuUse.Levels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A GPU over several measured times, as when tenants ran one after another. */
final class CombinedUse {
    private CombinedUse() {}

    static Reading<GpuUse> of(List<Reading<GpuUse>> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        List<GpuUse> known = new ArrayList<>();
        for (Reading<GpuUse> part : parts) {
            if (part instanceof Reading.Absent<GpuUse> absent) {
                return absent;
            }
            part.asOptional().ifPresent(known::add);
        }
        if (known.isEmpty()) {
            return Reading.notMeasured("nothing was measured");
        }
        Map<String, Reading<Levels>> metrics = new LinkedHashMap<>();
        for (String metric : known.getFirst().metrics().keySet()) {
            metrics.put(metric, levels(metric, known));
        }
        return Reading.of(new GpuUse(
                metrics,
                sum(known, GpuUse::counterJoules),
                sum(known, GpuUse::integralJoules),
                Reading.notMeasured("it is told for each measured time alone"),
                known.stream()
                        .map(GpuUse::throttling)
                        .filter(words -> !words.isEmpty())
                        .distinct()
                        .collect(Collectors.joining(", "))));
    }

    /** The 95th percentile is the highest of the parts': the samples are not here to count again. */
    private static Reading<Levels> levels(String metric, List<GpuUse> parts) {
        long n = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double p95 = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (GpuUse part : parts) {
            Reading<Levels> reading = part.metrics().getOrDefault(metric, Reading.noData("not in every part"));
            Optional<Levels> levels = reading.asOptional();
            if (levels.isEmpty()) {
                return reading;
            }
            n += levels.get().n();
            min = Math.min(min, levels.get().min());
            max = Math.max(max, levels.get().max());
            p95 = Math.max(p95, levels.get().p95());
            sum += levels.get().n() * levels.get().mean();
        }
        return Reading.of(new Levels(n, min, sum / n, p95, max));
    }

    private static Reading<Double> sum(List<GpuUse> parts, Function<GpuUse, Reading<Double>> joules) {
        return parts.stream().map(joules).reduce(Reading.of(0.0), (one, other) -> one.join(other, Double::sum));
    }
}
