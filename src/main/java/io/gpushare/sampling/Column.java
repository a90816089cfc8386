package io.gpushare.sampling;

import io.gpushare.gpu.Reading;
import io.gpushare.sampling.samples.Metric;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** A metric and where it stands in an answer. */
sealed interface Column<T> {
    Metric metric();

    /** Is there whenever the answer is. */
    record Always<T>(Metric metric, ToDoubleFunction<T> extractor) implements Column<T> {}

    /** May be absent although the rest of the answer is there. */
    record AtTimes<T>(Metric metric, Function<T, Reading<Double>> extractor) implements Column<T> {}

    static <T> Column<T> gauge(String name, String unit, ToDoubleFunction<T> extractor) {
        return new Always<>(Metric.gauge(name, unit), extractor);
    }

    static <T> Column<T> label(String name, ToDoubleFunction<T> extractor) {
        return new Always<>(Metric.label(name), extractor);
    }

    static <T> Column<T> optional(String name, String unit, Function<T, Reading<Double>> extractor) {
        return new AtTimes<>(Metric.gauge(name, unit), extractor);
    }
}
