package io.gpushare.experiment.sweep;

import io.gpushare.experiment.sweep.CellRunner.Position;
import io.gpushare.results.benchmark.RunResult;
import java.time.Duration;
import java.util.Optional;

/** Told how a sweep goes on. */
public interface SweepListener {
    /**
     * @param again whether it will be run once more
     * @param left until all is done, where that can be told
     */
    void finished(Position position, SweepCell cell, RunResult result, boolean again, Optional<Duration> left);

    void failed(Position position, SweepCell cell, String why, boolean again);

    void leftOut(LeftOut cell);
}
