package io.gpushare.sim.model;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant that misbehaves does to the GPU.
 *
 * @param lasts how long, where it has an end of its own
 * @param error in the words of CUDA, of what ends by an error of the GPU, or ends its neighbours by one
 * @param step of what works, on an H200
 * @param blocks as of a workload
 */
public record MisbehaviourModel(
        Outcome outcome,
        @Nullable Length lasts,
        @Nullable String error,
        WorkloadModel.@Nullable Point step,
        WorkloadModel.@Nullable Blocks blocks) {

    public enum Outcome {
        WORKS,
        FILLS_MEMORY,
        OUT_OF_MEMORY,
        FAULTS,
        FAULTS_ALONE,
        KILLED,
        STOPPED
    }

    /** The parameter of the workload that says it. */
    public enum Length {
        FOR,
        BOUND
    }

    /** What may be waiting on a GPU that is not this H200 is assumed to take as long there. */
    private static final WorkloadModel.Bound ALIKE_EVERYWHERE = new WorkloadModel.Bound(0, 0, 1);

    public String errorWords() {
        return Objects.requireNonNull(error, "a fault has words");
    }

    /** Empty where it works on nothing. */
    public Optional<StepModel> steps(GpuProfile gpu, GpuProfile reference) {
        if (step == null) {
            return Optional.empty();
        }
        return Optional.of(
                step.step(1, step.hostMs(), 0, step.gpuMs(), blocks, 0).on(gpu, reference, ALIKE_EVERYWHERE));
    }
}
