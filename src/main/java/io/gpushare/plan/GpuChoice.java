package io.gpushare.plan;

/** What tenants share. */
public sealed interface GpuChoice {

    /** The first that there is. */
    record Any() implements GpuChoice {}

    /** @param name index, UUID or the beginning of one */
    record Named(String name) implements GpuChoice {}

    /** No GPU at all: only workloads that run without, as a smoke test of workloads and runtimes. */
    record None() implements GpuChoice {}

    /** @param profile of the simulated GPU: {@code h200}, {@code a100-40} … */
    record Simulated(String profile) implements GpuChoice {}

    /** By the word for it: {@code any}, {@code none}, or what names one. */
    static GpuChoice of(String name) {
        return switch (name) {
            case "any" -> new Any();
            case "none" -> new None();
            default -> new Named(name);
        };
    }
}
