package io.gpushare.study.metric;

import java.util.Optional;

/**
 * What a value is.
 *
 * @param key as in files: {@code stp}, {@code p99_slowdown}
 * @param variant of whose tenants; empty for the whole run
 * @param label for a reader: {@code p99 slowdown}
 * @param unit empty for a plain number
 * @param definition a sentence: the formula, and what it is computed from
 */
public record Metric(
        String key, Optional<String> variant, String label, String unit, Better better, String definition) {

    public enum Better {
        HIGHER,
        LOWER,
        NEITHER
    }

    /** The same of one variant's tenants. */
    public Metric of(String tenants) {
        return new Metric(key, Optional.of(tenants), label, unit, better, definition);
    }

    /** The same, counted in what the workload counts. */
    public Metric inUnit(String counted) {
        return new Metric(key, variant, label, counted, better, definition);
    }

    /** Whether it tells how long single steps took: a wait between them does not show in it. */
    public boolean countsSteps() {
        return Metrics.OF_STEPS.contains(key);
    }

    /**
     * Whether it is of different cards of one model no fair comparison: a rate, and no ratio to a run's own baseline.
     */
    public boolean dependsOnCard() {
        return Metrics.OF_CARDS.contains(key);
    }

    /** Unique: {@code p99_ms/bert-infer}. */
    public String id() {
        return variant.map(tenants -> key + "/" + tenants).orElse(key);
    }
}
