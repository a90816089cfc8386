package io.gpushare.study;

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
    Metric of(String tenants) {
        return new Metric(key, Optional.of(tenants), label, unit, better, definition);
    }

    /** The same, counted in what the workload counts. */
    Metric inUnit(String counted) {
        return new Metric(key, variant, label, counted, better, definition);
    }

    /** Unique: {@code p99_ms/bert-infer}. */
    public String id() {
        return variant.map(tenants -> key + "/" + tenants).orElse(key);
    }
}
