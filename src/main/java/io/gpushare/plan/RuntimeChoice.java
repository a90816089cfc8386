package io.gpushare.plan;

/** Where tenants run. With a simulated GPU they are simulated too. */
public enum RuntimeChoice {
    AUTO,
    DOCKER,
    PROCESS,
    SLURM
}
