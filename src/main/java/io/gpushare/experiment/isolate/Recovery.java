package io.gpushare.experiment.isolate;

/** Whether and when a victim worked again. */
public sealed interface Recovery {

    /** It never was slower. */
    record NotNeeded() implements Recovery {}

    /** Since the end of the misbehaviour. */
    record Within(double seconds) implements Recovery {}

    /** Nor later than this, for the run was over then. */
    record NotWithin(double seconds) implements Recovery {}

    /**
     * It had died, and a new one was started alone after the run.
     *
     * @param readyS from its launch until it was ready
     * @param usualS how long the one that died had taken for that
     */
    record Anew(double readyS, double usualS) implements Recovery {}

    /** It had died, and no new one works. */
    record NotAnew(String reason) implements Recovery {}
}
