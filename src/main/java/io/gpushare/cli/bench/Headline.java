package io.gpushare.cli.bench;

import io.gpushare.analysis.MeanInterval;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.Throughputs;
import io.gpushare.text.Amount;
import io.gpushare.text.ScaledNumber;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What came out, in a sentence. */
final class Headline {
    /** Less is within what two measurements of the same differ by. */
    private static final double LEAST_SLOWDOWN = 1.02;

    private Headline() {}

    static String of(RunResult result) {
        if (nothingMeasured(result)) {
            return "Nothing was measured" + because(result) + ".";
        }
        if (isExclusive(result)) {
            int tenants = result.tenants().size();
            return "Each tenant had the GPU to itself, one after another."
                    + (tenants == 1 ? "" : " Taking turns, each would get 1/" + tenants + " of this.");
        }
        String tenants = tenants(result);
        return result.metrics()
                .stp()
                .asOptional()
                .map(stp -> tenants + " did " + Amount.decimals(stp, 2) + " times the work of one at a time"
                        + slowest(result.tenants()) + ".")
                .orElseGet(() -> tenants + " did " + throughput(result) + ".");
    }

    /** The headline of several runs: the mean over the valid ones. */
    static Optional<String> ofRepetitions(List<RunResult> results) {
        return RepetitionMetric.means(results).entrySet().stream()
                .filter(entry -> entry.getKey().isSystemThroughput())
                .filter(_ -> !isExclusive(results.getFirst()))
                .map(Map.Entry::getValue)
                .map(mean -> tenants(results.getFirst()) + " did " + Amount.decimals(mean.mean(), 2)
                        + spread(mean) + " times the work of one at a time, over "
                        + Amount.of(mean.n(), "valid run") + ".")
                .findFirst();
    }

    private static String spread(MeanInterval mean) {
        return mean.spread()
                .map(spread -> " ± " + Amount.decimals(spread.upper() - mean.mean(), 2))
                .orElse("");
    }

    private static String tenants(RunResult result) {
        int count = result.tenants().size();
        return Amount.of(count, "tenant")
                + (count == 1 ? "" : " together")
                + (result.neighbours().isEmpty() ? "" : " beside " + String.join(" and ", result.neighbours()));
    }

    static boolean isExclusive(RunResult result) {
        return !result.mode().concurrent();
    }

    static boolean nothingMeasured(RunResult result) {
        return result.tenants().stream()
                .allMatch(tenant -> tenant.unitsPerSec().asOptional().isEmpty());
    }

    private static String because(RunResult result) {
        long failed = result.tenants().stream()
                .flatMap(tenant -> tenant.problem().stream())
                .filter(problem -> !problem.cancelled())
                .count();
        return failed == 0
                ? ""
                : ": " + failed + " of " + Amount.of(result.tenants().size(), "tenant") + " failed";
    }

    private static String slowest(List<TenantResult> tenants) {
        double worst = tenants.stream()
                .flatMap(tenant -> tenant.slowdown().asOptional().stream())
                .mapToDouble(slowdown -> slowdown)
                .max()
                .orElse(1);
        if (worst < LEAST_SLOWDOWN) {
            return "; none was slower than alone";
        }
        return "; the slowest ran at " + Math.round(100 / worst) + " % of its speed alone";
    }

    private static String throughput(RunResult result) {
        Map<String, String> throughputs = throughputs(result);
        return throughputs.entrySet().stream()
                .map(entry -> entry.getValue() + (throughputs.size() == 1 ? "" : " of " + entry.getKey()))
                .collect(Collectors.joining(", "));
    }

    /** The rate of each variant, in words, by the name that the report has for it. */
    static Map<String, String> throughputs(RunResult result) {
        return throughputs(result, Throughputs.of(result));
    }

    static Map<String, String> throughputs(RunResult result, Throughputs together) {
        Map<String, Double> rates = together.byVariant();
        TenantNames names = new TenantNames(result);
        Map<String, String> words = new LinkedHashMap<>();
        for (TenantResult tenant : result.tenants()) {
            Optional.ofNullable(rates.get(tenant.variant()))
                    .ifPresent(rate -> words.put(names.of(tenant), ScaledNumber.perSecond(rate, tenant.unit())));
        }
        return words;
    }
}
