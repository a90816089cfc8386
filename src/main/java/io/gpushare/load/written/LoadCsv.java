package io.gpushare.load.written;

import io.gpushare.load.account.LoadMetric;
import io.gpushare.load.account.LoadSummary;
import io.gpushare.load.bound.Quantity.Statistic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The metrics of a measurement as a table: a line for each, and a column for each statistic. */
public final class LoadCsv {
    private LoadCsv() {}

    public static String of(LoadSummary summary) {
        List<String> lines = new ArrayList<>();
        lines.add("metric,unit,count,"
                + Arrays.stream(Statistic.values()).map(Statistic::text).collect(Collectors.joining(",")));
        for (LoadMetric metric : LoadMetric.values()) {
            summary.distribution(metric)
                    .ifPresent(distribution -> lines.add(metric.key() + ",ms," + distribution.count() + ","
                            + Arrays.stream(Statistic.values())
                                    .map(statistic -> number(statistic.of(distribution) / 1e6))
                                    .collect(Collectors.joining(","))));
        }
        lines.add(rate("request_throughput", "requests/sec", summary.completedWithin(), summary.requestThroughput()));
        if (summary.tokens() > 0) {
            lines.add(rate(
                    "output_token_throughput", "tokens/sec", summary.tokensWithin(), summary.outputTokenThroughput()));
        }
        if (summary.hasGoal()) {
            lines.add(rate("goodput", "requests/sec", summary.good(), summary.goodput()));
        }
        return String.join("\n", lines) + "\n";
    }

    /** A rate has an average only. */
    private static String rate(String name, String unit, long count, double value) {
        return name + "," + unit + "," + count + "," + number(value) + ",".repeat(Statistic.values().length - 1);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }
}
