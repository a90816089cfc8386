package io.gpushare.plan;

import java.nio.file.Path;
import java.util.List;

/** Where the throughput of a workload alone comes from. */
public sealed interface BaselineChoice {

    /** Without: nothing that compares with it can be said then. */
    record None() implements BaselineChoice {}

    /** Each variant is measured alone first, as long as the run. */
    record Run() implements BaselineChoice {}

    /**
     * Taken from earlier results on the same GPU.
     *
     * @param files not empty; the first that has a variant tells of it
     */
    record FromFile(List<Path> files) implements BaselineChoice {
        public FromFile {
            files = List.copyOf(files);
            if (files.isEmpty()) {
                throw new IllegalArgumentException("baselines from no file");
            }
        }
    }
}
