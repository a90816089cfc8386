package io.gpushare.compare;

import io.gpushare.analysis.EarlyStopping;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How long runs would have to be for a percentile that they have too few latencies for. */
final class MissingPercentile {
    private static final Pattern PERCENTILE = Pattern.compile("(?:^|_)p(\\d{2})(?:_|$)");
    private static final double MOST_S = 1e6;
    /** Not all of a measurement counts: its begin is left out. */
    private static final int SETTLING_S = 2;

    private MissingPercentile() {}

    /**
     * @param metric as it was named: {@code p99}, {@code p99_ms}, {@code worst_p99_slowdown}
     * @param variant whose; empty for whichever has the fewest
     * @return a sentence without its full stop
     */
    static Optional<String> remedy(String metric, Optional<String> variant, Stream<Group> groups) {
        Matcher percentile = PERCENTILE.matcher(metric.replace('-', '_'));
        OptionalDouble least = groups.flatMap(group -> group.latenciesPerSec().entrySet().stream())
                .filter(entry ->
                        variant.filter(wanted -> !wanted.equals(entry.getKey())).isEmpty())
                .mapToDouble(entry -> entry.getValue())
                .min();
        if (!percentile.find() || least.isEmpty()) {
            return Optional.empty();
        }
        long needed = EarlyStopping.minimumCount(Double.parseDouble("0." + percentile.group(1)));
        if (!(least.getAsDouble() > needed / MOST_S)) {
            return Optional.of("It takes " + needed + " latencies a run, and there are next to none");
        }
        long seconds = (long) Math.ceil(needed / least.getAsDouble());
        return Optional.of("It takes " + needed + " latencies a run: --duration " + (seconds + SETTLING_S)
                + "s gives as many, at the pace of these runs");
    }
}
