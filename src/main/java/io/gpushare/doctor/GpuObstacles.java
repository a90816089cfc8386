package io.gpushare.doctor;

import io.gpushare.gpu.ComputeMode;
import io.gpushare.gpu.MigMode;
import io.gpushare.reading.Reading;
import java.util.Optional;

/** What about one GPU stands in the way of a mode. */
final class GpuObstacles {
    private GpuObstacles() {}

    static Optional<Obstacle> toAnyProcess(GpuState gpu) {
        return gpu.isInComputeMode(ComputeMode.PROHIBITED)
                ? Optional.of(Obstacle.of(
                        gpu.label() + " is in compute mode prohibited: no process may use it",
                        "sudo nvidia-smi -c DEFAULT -i " + gpu.identity().index()))
                : Optional.empty();
    }

    static Optional<Obstacle> toTakingTurns(GpuState gpu) {
        if (gpu.migIsOn()) {
            return Optional.of(Obstacle.of(
                    "MIG is on: " + gpu.label() + " cannot be shared as a whole",
                    "sudo nvidia-smi -mig 0 -i " + gpu.identity().index()));
        }
        boolean exclusive =
                gpu.isInComputeMode(ComputeMode.EXCLUSIVE_PROCESS) || gpu.isInComputeMode(ComputeMode.EXCLUSIVE_THREAD);
        return exclusive
                ? Optional.of(Obstacle.of(
                        gpu.label() + " is in an exclusive compute mode: one process at a time",
                        "sudo nvidia-smi -c DEFAULT -i " + gpu.identity().index()))
                : toAnyProcess(gpu);
    }

    static Optional<Obstacle> toMig(GpuState gpu) {
        return switch (gpu.mig()) {
            case Reading.Absent<MigMode>(var absence) ->
                Optional.of(Obstacle.of(gpu.identity().name() + ": " + absence.reason()));
            case Reading.Value<MigMode>(MigMode mode) ->
                mode.current() == mode.pending()
                        ? Optional.empty()
                        : Optional.of(Obstacle.of(
                                "a change of MIG waits for a reset of " + gpu.label(),
                                "sudo nvidia-smi --gpu-reset -i "
                                        + gpu.identity().index()));
        };
    }
}
