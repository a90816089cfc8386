package io.gpushare.plan;

import java.nio.file.Path;

/** Where the throughput of a workload alone comes from. */
public sealed interface BaselineChoice {

    /** Without: nothing that compares with it can be said then. */
    record None() implements BaselineChoice {}

    /** Each variant is measured alone first, as long as the run. */
    record Run() implements BaselineChoice {}

    /** Taken from an earlier result on the same GPU. */
    record FromFile(Path file) implements BaselineChoice {}
}
