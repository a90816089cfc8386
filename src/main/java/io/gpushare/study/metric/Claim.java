package io.gpushare.study.metric;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How sure the runs said that their values are, each by what it saw within itself. What differs between runs they
 * cannot know.
 *
 * @param standardError the root of the mean of the runs' squares
 * @param halfWidth likewise, of their 95 % intervals
 */
public record Claim(double standardError, double halfWidth) {
    /** @return empty unless every run said it */
    public static Optional<Claim> of(List<Optional<io.gpushare.analysis.Estimate>> errors) {
        List<io.gpushare.analysis.Estimate> said =
                errors.stream().flatMap(Optional::stream).toList();
        return said.isEmpty() || said.size() < errors.size()
                ? Optional.empty()
                : Optional.of(new Claim(
                        rootMeanSquare(said, io.gpushare.analysis.Estimate::standardError),
                        rootMeanSquare(said, io.gpushare.analysis.Estimate::halfWidth)));
    }

    private static double rootMeanSquare(
            List<io.gpushare.analysis.Estimate> errors, ToDoubleFunction<io.gpushare.analysis.Estimate> error) {
        return Math.sqrt(errors.stream()
                .mapToDouble(error)
                .map(value -> value * value)
                .average()
                .orElseThrow());
    }
}
