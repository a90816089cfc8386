package io.gpushare.plan;

/** Where tenants run. With a simulated GPU they are simulated too. */
public enum RuntimeChoice {
    AUTO,
    DOCKER,
    PROCESS,
    SLURM,
    KUBERNETES;

    /** Whether tenants run on other machines, and use no GPU of this one. */
    public boolean elsewhere() {
        return this == SLURM || this == KUBERNETES;
    }
}
