package io.gpushare.results.reading.document;

import io.gpushare.results.stored.StoredRun;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a report has room for. Every line of a table names its mix, and so every variant of it: with thousands of
 * variants, or with names like novels, the tables would be larger than all memory.
 */
public final class ReportLimits {
    private static final int MOST_VARIANTS = 100;
    private static final int LONGEST_NAME = 1000;

    private ReportLimits() {}

    public static StoredRun require(StoredRun run) throws DamagedFileException {
        Set<String> variants = new HashSet<>();
        run.result().tenants().forEach(tenant -> variants.add(tenant.variant()));
        run.result().baselines().forEach(baseline -> variants.add(baseline.variant()));
        if (variants.size() > MOST_VARIANTS) {
            throw new DamagedFileException(
                    "has " + variants.size() + " variants of workloads, more than " + MOST_VARIANTS);
        }
        Stream<String> workloads = run.result().tenants().stream().map(tenant -> tenant.workload());
        int longest = Stream.concat(variants.stream(), workloads)
                .mapToInt(String::length)
                .max()
                .orElse(0);
        if (longest > LONGEST_NAME) {
            throw new DamagedFileException(
                    "names a workload with " + longest + " characters, more than " + LONGEST_NAME);
        }
        return run;
    }
}
