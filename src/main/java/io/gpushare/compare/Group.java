package io.gpushare.compare;

import io.gpushare.study.metric.Metric;
import java.util.List;
import java.util.Map;

/**
 * What is compared as one: runs of one mix in one way of sharing, or a benchmark of another program.
 *
 * @param mix as a reader says it; of another program's benchmark its title
 * @param tenants 0 for another program's
 * @param arm the way of sharing with its settings; empty for another program's
 * @param coresPerTenant that each had to itself; 0 where the kernel placed them
 * @param source who measured: {@code gpushare}, {@code hyperfine 1}
 * @param runs how many count
 * @param files in which they stand
 * @param failedRuns that are among the runs though they ended with an error
 * @param latenciesPerSec how many each variant's tenants reported together, of the run with the fewest; empty for
 *     another program's
 */
public record Group(
        String mix,
        int tenants,
        String arm,
        String runtime,
        int coresPerTenant,
        String gpu,
        boolean simulated,
        boolean foreign,
        String source,
        int runs,
        int failedRuns,
        List<String> files,
        List<Measure> measures,
        Map<String, Double> latenciesPerSec,
        Circumstances circumstances) {
    public Group {
        files = List.copyOf(files);
        measures = List.copyOf(measures);
        latenciesPerSec = Map.copyOf(latenciesPerSec);
    }

    /** @param values one a run */
    public record Measure(Metric metric, List<Double> values) {
        public Measure {
            values = List.copyOf(values);
        }
    }

    /** {@code 2 × bert-infer, MPS}. */
    public String title() {
        String words = arm.isEmpty() ? mix : mix + ", " + arm;
        return simulated ? words + " (simulated)" : words;
    }
}
