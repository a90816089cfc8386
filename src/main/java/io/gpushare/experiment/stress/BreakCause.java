package io.gpushare.experiment.stress;

/** Why so many tenants were too many. In files by the lower-case name. */
public enum BreakCause {
    OUT_OF_MEMORY("out of memory"),
    TENANT_FAILED("a tenant failed"),
    MPS_FAULT("a fault of the MPS server"),
    REFUSED("refused");

    private final String words;

    BreakCause(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
