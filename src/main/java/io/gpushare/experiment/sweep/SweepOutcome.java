package io.gpushare.experiment.sweep;

import java.util.List;

/**
 * What came of a sweep, with what earlier starts of it had done.
 *
 * @param rounds that were begun
 * @param runs that there were to be, {@code done} those of them that have a result to build on or to look at
 * @param failed runs that failed twice
 * @param inexact those that went well twice and are INVALID for want of precision
 * @param leftOut cells that this machine cannot run, beside those that make no sense
 * @param interrupted whether the user ended it
 * @param outOfTime whether it ended because another run would have lasted too long
 */
public record SweepOutcome(
        int rounds,
        int runs,
        int done,
        List<FailedRun> failed,
        List<Run> inexact,
        List<LeftOut> leftOut,
        boolean interrupted,
        boolean outOfTime) {
    public SweepOutcome {
        failed = List.copyOf(failed);
        inexact = List.copyOf(inexact);
        leftOut = List.copyOf(leftOut);
    }

    public record Run(int round, String cell) {}

    /** @param why a sentence without its full stop */
    public record FailedRun(int round, String cell, String why) {}
}
