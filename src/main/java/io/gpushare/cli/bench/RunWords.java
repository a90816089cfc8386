package io.gpushare.cli.bench;

import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.Verdict;
import io.gpushare.text.Figure;
import io.gpushare.text.ScaledNumber;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** A run in a few words, for a line among many. */
public final class RunWords {
    private RunWords() {}

    /** The work of all tenants, with its error where that is known. */
    public static String work(RunResult run) {
        Map<String, Double> rates = run.metrics().unitsPerSec();
        boolean alike =
                run.tenants().stream().map(TenantResult::variant).distinct().count() == 1;
        if (alike && rates.size() == 1) {
            String unit = rates.keySet().iterator().next();
            return ScaledNumber.perSecond(rates.values().iterator().next(), unit) + error(errorOf(run, unit));
        }
        return run.metrics()
                .stp()
                .asOptional()
                .map(stp ->
                        "STP " + Figure.of(stp) + error(run.metrics().errors().stpPercent()))
                .orElse(Figure.UNKNOWN);
    }

    private static OptionalDouble errorOf(RunResult run, String unit) {
        Double percent = run.metrics().errors().unitsPerSecPercent().get(unit);
        if (percent != null) {
            return OptionalDouble.of(percent);
        }
        return run.tenants().size() == 1
                ? run.tenants().getFirst().errors().throughputPercent()
                : OptionalDouble.empty();
    }

    private static String error(OptionalDouble percent) {
        return percent.isPresent() ? " " + Figure.plusMinus(percent.getAsDouble()) : "";
    }

    public static String verdict(Verdict verdict) {
        return verdict.valid()
                ? "VALID"
                : "INVALID ("
                        + verdict.findings().stream()
                                .map(finding -> finding.reason().words())
                                .distinct()
                                .collect(Collectors.joining(", "))
                        + ")";
    }
}
