package io.gpushare.sampling;

import io.gpushare.reading.Reading;
import io.gpushare.sampling.samples.SampledMetric;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** A metric and where it stands in an answer. */
sealed interface Column<T> {
    SampledMetric metric();

    /** Is there whenever the answer is. */
    record Always<T>(SampledMetric metric, ToDoubleFunction<T> extractor) implements Column<T> {}

    /** May be absent although the rest of the answer is there. */
    record AtTimes<T>(SampledMetric metric, Function<T, Reading<Double>> extractor) implements Column<T> {}

    static <T> Column<T> gauge(String name, String unit, ToDoubleFunction<T> extractor) {
        return new Always<>(SampledMetric.gauge(name, unit), extractor);
    }

    static <T> Column<T> label(String name, ToDoubleFunction<T> extractor) {
        return new Always<>(SampledMetric.label(name), extractor);
    }

    static <T> Column<T> optional(String name, String unit, Function<T, Reading<Double>> extractor) {
        return new AtTimes<>(SampledMetric.gauge(name, unit), extractor);
    }
}
