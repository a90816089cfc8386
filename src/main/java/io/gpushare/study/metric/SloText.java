package io.gpushare.study.metric;

import io.gpushare.text.Durations;
import io.gpushare.text.Figure;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A bound on latency as people write it: {@code resnet-infer.p99=10ms}. */
public final class SloText {
    private static final Pattern SYNTAX =
            Pattern.compile("(?<workload>.+)\\.p(?<percentile>\\d{1,3}(?:\\.\\d+)?)=(?<bound>[^=]*)");
    private static final Pattern HAS_UNIT = Pattern.compile(".*[a-z]");
    private static final double LOWEST = 0.5;
    private static final double HIGHEST = 0.999;
    private static final double NANOS_PER_MS = 1e6;

    private SloText() {}

    /** @throws IllegalArgumentException with a sentence for the person who wrote it */
    public static Slo parse(String text) {
        Matcher matcher = SYNTAX.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no bound; write WORKLOAD.p99=10ms, with the workload's name or a variant");
        }
        // Divided as a double, 99.9 would give a little more than 0.999.
        double percentile =
                new BigDecimal(matcher.group("percentile")).movePointLeft(2).doubleValue();
        if (percentile < LOWEST || percentile > HIGHEST) {
            throw new IllegalArgumentException("'" + text + "' is about p" + matcher.group("percentile")
                    + "; percentiles from p50 to p99.9 can have a bound");
        }
        String bound = matcher.group("bound").strip().toLowerCase(Locale.ROOT);
        if (!HAS_UNIT.matcher(bound).matches()) {
            throw new IllegalArgumentException("'" + text + "' lacks the unit of its bound; write " + example(bound));
        }
        return new Slo(
                matcher.group("workload"), percentile, Durations.parse(bound).toNanos() / NANOS_PER_MS);
    }

    /** {@code resnet-infer's p99 ≤ 10 ms}. */
    public static String words(Slo slo) {
        return slo.workload() + "'s " + bound(slo);
    }

    /** {@code p99 ≤ 10 ms}. */
    public static String bound(Slo slo) {
        return percentile(slo.percentile()) + " ≤ " + Figure.asTyped(slo.boundMs()) + " ms";
    }

    /** {@code p99}, {@code p99.9}. */
    public static String percentile(double share) {
        return "p" + Figure.asTyped(100 * share);
    }

    private static String example(String bound) {
        String number = bound.matches("\\d+(\\.\\d+)?") ? bound : "10";
        return number + "ms, or " + number + "s";
    }
}
