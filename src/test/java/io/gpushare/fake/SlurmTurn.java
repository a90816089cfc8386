package io.gpushare.fake;

/** One test class at a time uses the Slurm cluster. */
public final class SlurmTurn extends Turn {
    public SlurmTurn() {
        super("slurm");
    }
}
