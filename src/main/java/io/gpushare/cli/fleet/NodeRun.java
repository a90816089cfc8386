package io.gpushare.cli.fleet;

import io.gpushare.results.benchmark.RunResult;

/** What became of the plan on one node. */
sealed interface NodeRun {
    String node();

    /** Its last repetition, and whether all of them were valid. */
    record Measured(String node, RunResult result, boolean valid) implements NodeRun {}

    record Failed(String node, String why) implements NodeRun {}

    default boolean good() {
        return this instanceof Measured measured && measured.valid();
    }
}
