package io.gpushare.crash;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How many kills there were of each kind, and one line that says what came of them. */
final class CampaignReport {
    private final List<Struck> struck;

    CampaignReport(List<Struck> struck) {
        this.struck = List.copyOf(struck);
    }

    void print(PrintStream out, long seed) {
        count(out, "scenario", one -> one.kill().scenario().name());
        count(out, "blow", one -> one.kill().blow().toString());
        count(out, "phase", one -> one.phase().toString());
        count(out, "exit status", one -> String.valueOf(one.status()));
        long faulty = struck.stream().filter(one -> !one.faults().isEmpty()).count();
        out.printf(
                Locale.ROOT,
                "%s: %d of %d kills left something wrong (seed %d)%n",
                faulty == 0 ? "GOOD" : "BAD",
                faulty,
                struck.size(),
                seed);
    }

    private void count(PrintStream out, String what, Function<Struck, String> key) {
        Map<String, Long> counts =
                struck.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.counting()));
        out.println("by " + what);
        counts.forEach((name, count) -> out.printf(Locale.ROOT, "  %5d  %s%n", count, name));
    }
}
