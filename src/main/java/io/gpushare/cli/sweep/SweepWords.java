package io.gpushare.cli.sweep;

import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.Verdict;
import io.gpushare.text.Amount;
import io.gpushare.text.Figure;
import io.gpushare.text.ScaledNumber;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Runs of a sweep, each in a few words. */
final class SweepWords {
    private static final Duration IN_SECONDS = Duration.ofSeconds(90);
    private static final Duration IN_MINUTES = Duration.ofMinutes(90);

    private SweepWords() {}

    /** The work of all tenants, with its error where that is known. */
    static String work(RunResult run) {
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

    static String verdict(Verdict verdict) {
        return verdict.valid()
                ? "VALID"
                : "INVALID ("
                        + verdict.findings().stream()
                                .map(finding -> finding.reason().words())
                                .distinct()
                                .collect(Collectors.joining(", "))
                        + ")";
    }

    /** How long something will take: {@code 50 s}, {@code 14 min}, {@code 2 h 5 min}. */
    static String about(Duration duration) {
        if (duration.compareTo(IN_SECONDS) < 0) {
            return Math.max(1, duration.toSeconds()) + " s";
        }
        if (duration.compareTo(IN_MINUTES) < 0) {
            return duration.plusSeconds(30).toMinutes() + " min";
        }
        return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }

    static String rounds(int rounds) {
        return Amount.of(rounds, "round");
    }
}
