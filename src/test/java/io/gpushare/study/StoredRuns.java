package io.gpushare.study;

import io.gpushare.analysis.LatencyCounts;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.RunResultFile;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.WindowResult;
import io.gpushare.results.stored.Origin;
import io.gpushare.results.stored.StoredRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs as a study takes them. */
public final class StoredRuns {
    private StoredRuns() {}

    /** The measured runs that ship with the tool. */
    public static List<StoredRun> reference() {
        return in(Path.of("results", "reference", "h200"));
    }

    public static List<StoredRun> in(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("benchmark_.*\\.json"))
                    .sorted()
                    .map(file -> of(file, RunResultFile.read(file)))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public static StoredRun of(Path file, RunResult run) {
        return new StoredRun(
                file,
                Origin.RESULT,
                run,
                run.tenants().stream()
                        .collect(Collectors.toMap(TenantResult::number, StoredRuns::latencies, LatencyCounts::plus)),
                run.baselines().stream()
                        .collect(Collectors.toMap(
                                baseline -> baseline.variant(), baseline -> latencies(baseline.alone()), (a, _) -> a)));
    }

    private static LatencyCounts latencies(TenantResult tenant) {
        return tenant.work().windows().stream()
                .filter(WindowResult::counted)
                .map(WindowResult::latency)
                .reduce(LatencyCounts.NONE, LatencyCounts::plus);
    }
}
