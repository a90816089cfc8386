package io.gpushare.results.reading.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.reading.Reading;
import io.gpushare.results.Agreement;
import io.gpushare.results.ResultSchema;
import io.gpushare.results.benchmark.BaselineResult;
import io.gpushare.results.benchmark.ContradictionException;
import io.gpushare.results.benchmark.JudgedAnew;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.RunResultJson;
import io.gpushare.results.benchmark.ServedLoad;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.TenantResult.Latency;
import io.gpushare.results.reading.document.WindowSums.Sum;
import io.gpushare.results.stored.Origin;
import io.gpushare.results.stored.StoredRun;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Makes a run of a result file's document, if it holds what a result must. */
public final class BenchmarkDocument {
    private static final ResultSchema VERSION_1 = ResultSchema.benchmark();

    private BenchmarkDocument() {}

    /** @param document without its windows, which are in {@code parts} */
    public static StoredRun read(Path file, ObjectNode document, ResultParts parts) throws DamagedFileException {
        JsonNode version = document.path("schema_version");
        if (!version.isIntegralNumber()) {
            throw new DamagedFileException("does not say which version of a result it is");
        }
        if (version.asLong() > RunResultJson.SCHEMA_VERSION) {
            throw new DamagedFileException(
                    "is a result of version " + version.asLong() + ": read it with a newer gpushare");
        }
        return version1(file, document, parts);
    }

    private static StoredRun version1(Path file, ObjectNode document, ResultParts parts) throws DamagedFileException {
        requireSchema(VERSION_1, document);
        RunResult run;
        try {
            run = RunResultJson.read(document);
        } catch (ContradictionException contradiction) {
            throw new DamagedFileException("contradicts itself: " + contradiction.getMessage());
        } catch (IllegalArgumentException | DateTimeException problem) {
            throw new DamagedFileException("does not hold what a result must: "
                    + DamagedFileException.shortened(String.valueOf(problem.getMessage())));
        }
        if (run.tenants().isEmpty()) {
            throw new DamagedFileException("has no tenants");
        }
        StoredRun stored =
                ReportLimits.require(new StoredRun(file, Origin.RESULT, run, latencies(run, parts), alone(run, parts)));
        Plausibility.require(run);
        return document.path("metrics").has("error_percent") ? stored : judgedAnew(stored, parts);
    }

    /** Versions that gave figures no errors judged by a rule that was at fault. */
    private static StoredRun judgedAnew(StoredRun old, ResultParts parts) {
        RunResult run = old.result();
        return new StoredRun(
                old.file(),
                old.origin(),
                JudgedAnew.of(
                        run,
                        IntStream.range(0, run.tenants().size())
                                .mapToObj(place -> parts.tenant(place).windows())
                                .toList(),
                        IntStream.range(0, run.baselines().size())
                                .mapToObj(place -> parts.baseline(place).windows())
                                .toList()),
                Optional.of(run.verdict()),
                old.latencies(),
                old.alone());
    }

    private static Map<Integer, LatencyCounts> latencies(RunResult run, ResultParts parts) throws DamagedFileException {
        Map<Integer, LatencyCounts> latencies = new HashMap<>();
        for (int place = 0; place < run.tenants().size(); place++) {
            TenantResult tenant = run.tenants().get(place);
            String who = "tenant " + tenant.number();
            Sum sum = parts.tenant(place);
            requireAgreement(who, tenant, sum);
            if (latencies.put(tenant.number(), latencies(tenant, sum)) != null) {
                throw new DamagedFileException("has two tenants of number " + tenant.number());
            }
        }
        latencies.values().removeIf(LatencyCounts.NONE::equals);
        return latencies;
    }

    /** Of a server, those of the answers that came late, too. */
    private static LatencyCounts latencies(TenantResult tenant, Sum windows) {
        return tenant.load().map(ServedLoad::latency).orElseGet(windows::latencies);
    }

    private static Map<String, LatencyCounts> alone(RunResult run, ResultParts parts) throws DamagedFileException {
        Map<String, LatencyCounts> alone = new HashMap<>();
        for (int place = 0; place < run.baselines().size(); place++) {
            BaselineResult baseline = run.baselines().get(place);
            String who = "the baseline of " + baseline.variant();
            Sum sum = parts.baseline(place);
            requireAgreement(who, baseline.alone(), sum);
            if (alone.put(baseline.variant(), latencies(baseline.alone(), sum)) != null) {
                throw new DamagedFileException("has two baselines of " + baseline.variant());
            }
        }
        alone.values().removeIf(LatencyCounts.NONE::equals);
        return alone;
    }

    static void requireSchema(ResultSchema schema, ObjectNode document) throws DamagedFileException {
        List<String> problems = schema.problemsOf(document);
        if (!problems.isEmpty()) {
            String more = problems.size() == 1 ? "" : " (and " + (problems.size() - 1) + " more)";
            throw new DamagedFileException(
                    "does not hold what it must: " + DamagedFileException.shortened(problems.getFirst()) + more);
        }
    }

    /** What a result says of a tenant follows from the tenant's windows: else one of the two was changed later. */
    private static void requireAgreement(String who, TenantResult tenant, Sum windows) throws DamagedFileException {
        Reading<Double> rate = windows.seconds() > 0
                ? Reading.of(windows.units() / windows.seconds())
                : Reading.notMeasured("no window counts");
        requireSame(who, "throughput", tenant.work().measuredUnitsPerSec().asOptional(), rate.asOptional());
        requireSame(who, "number of units", Optional.of(tenant.work().units()), Optional.of(windows.units()));
        requireSame(who, "number of steps", Optional.of((double) tenant.work().steps()), Optional.of((double)
                windows.steps()));
        Optional<Latency> latency = tenant.work().measuredLatency().asOptional();
        long count = windows.latencies().count();
        requireSame(
                who,
                "number of latencies",
                Optional.of((double) latency.map(Latency::count).orElse(0L)),
                Optional.of((double) count));
        if (latency.isPresent()) {
            requireSame(who, "median latency", latency.map(Latency::p50Ms), quantileMs(windows, 0.5));
            requireSame(who, "p99 latency", latency.map(Latency::p99Ms), quantileMs(windows, 0.99));
        }
    }

    private static Optional<Double> quantileMs(Sum windows, double share) {
        return Optional.of(windows.latencies().quantileMs(share).orElseThrow());
    }

    private static void requireSame(String who, String what, Optional<Double> said, Optional<Double> found)
            throws DamagedFileException {
        boolean same =
                said.isPresent() == found.isPresent() && (said.isEmpty() || Agreement.agree(said.get(), found.get()));
        if (!same) {
            throw new DamagedFileException("does not agree with its own windows: the " + what + " of " + who + " is "
                    + words(said) + ", and its windows give " + words(found));
        }
    }

    private static String words(Optional<Double> value) {
        return value.map(Agreement::words).orElse("absent");
    }
}
