package io.gpushare.compare;

import java.util.Map;
import java.util.Optional;

/** Limits in the unit of their metric. */
final class Units {
    /** What each unit of time is in seconds. */
    private static final Map<String, Double> TIMES = Map.of("s", 1.0, "ms", 1e-3, "us", 1e-6, "µs", 1e-6, "ns", 1e-9);

    private Units() {}

    static boolean isTime(String unit) {
        return TIMES.containsKey(unit);
    }

    /** @return empty when the one cannot be said in the other */
    static Optional<Double> in(String unitOfMetric, double value, String unit) {
        if (unit.isEmpty() || unit.equals(unitOfMetric)) {
            return Optional.of(value);
        }
        Double from = TIMES.get(unit);
        Double to = TIMES.get(unitOfMetric);
        return from == null || to == null ? Optional.empty() : Optional.of(value * from / to);
    }
}
