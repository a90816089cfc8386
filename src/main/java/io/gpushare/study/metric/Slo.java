package io.gpushare.study.metric;

/**
 * A bound on the latency of a workload's steps: {@code resnet-infer.p99=10ms}.
 *
 * @param workload its name, or a variant ({@code resnet-infer[batch=16]})
 * @param percentile as a share: 0.99
 */
public record Slo(String workload, double percentile, double boundMs) {
    public Slo {
        if (!(percentile > 0 && percentile < 1)) {
            throw new IllegalArgumentException("a percentile is between 0 and 100, got " + 100 * percentile);
        }
        if (!(boundMs > 0 && Double.isFinite(boundMs))) {
            throw new IllegalArgumentException("a bound is above 0 ms, got " + boundMs);
        }
    }

    /** Whether it binds tenants of this variant. */
    public boolean isAbout(String variant) {
        return variant.equals(workload) || variant.startsWith(workload + "[");
    }
}
