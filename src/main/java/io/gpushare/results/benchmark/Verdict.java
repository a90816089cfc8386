package io.gpushare.results.benchmark;

import java.util.List;

/** Whether a run may be believed: it is INVALID as soon as one finding says so. */
public record Verdict(List<Finding> findings) {
    public Verdict {
        findings = List.copyOf(findings);
    }

    /** @param message a sentence: what was found, on which tenant, and what to do */
    public record Finding(Reason reason, String message) {}

    /** In files by their lower-case name. Never changes meaning. */
    public enum Reason {
        INTERRUPTED("interrupted"),
        TIMED_OUT("out of time"),
        TENANT_FAILED("tenant failed"),
        MPS_FAULT("MPS fault"),
        MODE_UNPROVEN("mode not proven"),
        LAYER_UNPROVEN("layer not proven"),
        START_SKEW("start skew"),
        /** Of results before 0.2. */
        UNSTABLE("unstable"),
        HOST_SLOWED("host slowed"),
        IMPRECISE("imprecise"),
        DRIFTING("drifting"),
        THROTTLED("throttled"),
        FOREIGN_PROCESS("foreign process"),
        WATCHED_ENDED("watched tenant ended"),
        TOO_FEW_SAMPLES("too few samples"),
        SAMPLER_MISSED_TICKS("sampler missed ticks"),
        REQUESTS_FAILED("requests failed"),
        LOAD_LATE("load generator late"),
        BASELINE_FAILED("baseline failed"),
        BASELINE_REFUTED("baseline does not fit");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    public boolean valid() {
        return findings.isEmpty();
    }

    /** Whether only its baselines speak against it: what its tenants did may be believed. */
    public boolean refutesOnlyBaselines() {
        return !valid() && findings.stream().allMatch(finding -> finding.reason() == Reason.BASELINE_REFUTED);
    }
}
