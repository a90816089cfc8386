package io.gpushare.study.metric;

import io.gpushare.analysis.Estimate;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.Sharing;
import io.gpushare.results.benchmark.SharingErrors;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.stored.StoredRun;
import java.util.List;
import java.util.Optional;

/** How sure the metrics of one run are by what was seen within it; of what follows from these the same share. */
public final class RunErrors {
    private RunErrors() {}

    /** @param value of the metric; its error is empty where none is known */
    public static Optional<Estimate> of(StoredRun stored, Metric metric, double value) {
        RunResult run = stored.result();
        return metric.variant()
                .map(variant -> ofVariant(run, metric.key(), variant))
                .orElseGet(() -> ofRun(run, metric.key()))
                .map(error -> error.scaledTo(value))
                .filter(error -> Double.isFinite(error.standardError()));
    }

    private static Optional<Estimate> ofRun(RunResult run, String key) {
        SharingErrors errors = run.metrics().errors();
        if (key.equals(Metrics.STP.key()) || key.equals(Metrics.GPU_TIME_AGAINST_ALONE.key())) {
            return errors.stp();
        }
        if (key.equals(Metrics.ANTT.key())) {
            return errors.antt();
        }
        // They are known of tenants that are all of one variant, which counts in one unit.
        return key.equals(Metrics.THROUGHPUT.key()) || key.equals(Metrics.COST.key())
                ? errors.unitsPerSec().values().stream().findFirst()
                : Optional.empty();
    }

    /**
     * Tenants take the GPU from each other: of several of one variant a mean is known only where it is a figure of the
     * run.
     */
    private static Optional<Estimate> ofVariant(RunResult run, String key, String variant) {
        List<TenantResult> tenants = run.tenants().stream()
                .filter(tenant -> tenant.variant().equals(variant))
                .toList();
        boolean rate = key.equals(Metrics.RATE.key());
        if (!rate && !key.equals(Metrics.SLOWDOWN.key())) {
            return Optional.empty();
        }
        if (tenants.size() > 1) {
            return tenants.size() < run.tenants().size()
                    ? Optional.empty()
                    : ofRun(run, rate ? Metrics.THROUGHPUT.key() : Metrics.ANTT.key());
        }
        if (rate) {
            return tenants.getFirst().errors().throughput();
        }
        return run.mode().concurrent()
                ? Sharing.slowdownEstimate(tenants.getFirst(), run.baselines())
                : Optional.empty();
    }
}
