package io.gpushare.cli.bench;

import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.GpuIdentity;
import io.gpushare.run.RunOutcome;
import java.util.List;
import java.util.Optional;

/** What became of a plan on one of several GPUs. */
public sealed interface CardRun {
    GpuIdentity gpu();

    /** @param outcomes one a repetition; at least one */
    record Measured(GpuIdentity gpu, List<RunOutcome> outcomes) implements CardRun {
        public Measured {
            outcomes = List.copyOf(outcomes);
        }
    }

    record Failed(GpuIdentity gpu, GpushareException why) implements CardRun {}

    default boolean good() {
        return this instanceof Measured measured
                && measured.outcomes().stream()
                        .allMatch(outcome -> outcome.result().verdict().valid());
    }

    /** Why the GPU is not what it was before. */
    default Optional<GpushareException> notRestored() {
        return this instanceof Measured measured
                ? measured.outcomes().stream()
                        .flatMap(outcome -> outcome.notRestored().stream())
                        .findFirst()
                : Optional.empty();
    }
}
