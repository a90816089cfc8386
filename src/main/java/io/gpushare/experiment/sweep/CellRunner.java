package io.gpushare.experiment.sweep;

import io.gpushare.failure.GpushareException;
import io.gpushare.plan.RunPlan;
import io.gpushare.results.benchmark.RunResult;
import java.nio.file.Path;
import java.util.Optional;

/** Carries out one run. */
public interface CellRunner {
    /**
     * @param folder that its files go to
     * @throws GpushareException when nothing could be started
     * @throws HopelessException when nothing could be started of any other run either
     */
    Measured measure(SweepCell cell, RunPlan plan, Path folder, Position position) throws InterruptedException;

    /** Whether the user wants to end: nothing more is to be measured. */
    boolean ends();

    /**
     * @param file of the result
     * @param stop why no other run may follow, as where the GPU is not what it was before
     */
    record Measured(RunResult result, Path file, Optional<GpushareException> stop) {}

    /**
     * Where a sweep stands.
     *
     * @param number of the run, from 1; one that is tried again has the same
     * @param of as many as are known to be needed
     * @param round the only one that is counted, where rounds go on until the comparisons are decided; else 0
     */
    record Position(int number, int of, int round) {
        public String words() {
            String last = Integer.toString(of);
            String here = Integer.toString(number);
            return "[" + " ".repeat(Math.max(0, last.length() - here.length())) + here + "/" + last
                    + (round == 0 ? "" : " of round " + round) + "]";
        }
    }
}
