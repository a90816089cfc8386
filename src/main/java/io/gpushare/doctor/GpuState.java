package io.gpushare.doctor;

import io.gpushare.gpu.ClockEvent;
import io.gpushare.gpu.ComputeMode;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuIdentity;
import io.gpushare.gpu.GpuProcess;
import io.gpushare.gpu.MemoryUse;
import io.gpushare.gpu.MigMode;
import io.gpushare.reading.Reading;
import io.gpushare.text.Amount;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One GPU as it is now. */
record GpuState(
        GpuIdentity identity,
        Reading<MemoryUse> memory,
        Reading<MigMode> mig,
        Reading<ComputeMode> computeMode,
        Reading<Boolean> persistence,
        Reading<List<GpuUser>> users,
        Reading<Set<ClockEvent>> clockEvents,
        Reading<Integer> temperatureC,
        Reading<Double> powerW,
        Reading<Double> powerLimitW) {

    /**
     * A process that uses the GPU now: none of it is ours.
     *
     * @param name empty where the process is not visible from here
     */
    record GpuUser(int pid, Optional<String> name, Reading<Long> memoryBytes) {
        /** Inside a container the driver's numbers mean nothing here, and /proc knows no such process. */
        private static GpuUser of(GpuProcess process, ExaminedHost machine) {
            return new GpuUser(
                    process.pid(),
                    SmallFile.read(machine.file("proc/" + process.pid() + "/comm"))
                            .map(String::strip),
                    process.memoryBytes());
        }

        @Override
        public String toString() {
            String memory = memoryBytes
                    .asOptional()
                    .map(bytes -> ", " + Amount.bytes(bytes))
                    .orElse("");
            return name.map(known -> known + ", pid " + pid).orElse("pid " + pid + " (not visible here)") + memory;
        }
    }

    static GpuState of(Gpu gpu, ExaminedHost machine) {
        return new GpuState(
                gpu.identity(),
                gpu.memory(),
                gpu.migMode(),
                gpu.computeMode(),
                gpu.persistenceMode(),
                gpu.processes()
                        .map(processes -> processes.stream()
                                .map(process -> GpuUser.of(process, machine))
                                .toList()),
                gpu.clockEvents(),
                gpu.temperatureC(),
                gpu.powerW(),
                gpu.powerLimitW());
    }

    String label() {
        return "GPU " + identity.index();
    }

    boolean migIsOn() {
        return mig.asOptional().filter(MigMode::current).isPresent();
    }

    boolean migIsPending() {
        return mig.asOptional().filter(mode -> mode.current() != mode.pending()).isPresent();
    }

    boolean isInComputeMode(ComputeMode mode) {
        return computeMode.asOptional().filter(current -> current == mode).isPresent();
    }

    List<ClockEvent> throttling() {
        return clockEvents.asOptional().orElse(Set.of()).stream()
                .filter(ClockEvent::throttling)
                .toList();
    }

    /** What about this GPU stands in the way of a process that uses it. */
    Optional<Obstacle> obstacleToAnyProcess() {
        return isInComputeMode(ComputeMode.PROHIBITED)
                ? Optional.of(Obstacle.of(
                        label() + " is in compute mode prohibited: no process may use it",
                        "sudo nvidia-smi -c DEFAULT -i " + identity.index()))
                : Optional.empty();
    }

    Optional<Obstacle> obstacleToTakingTurns() {
        if (migIsOn()) {
            return Optional.of(Obstacle.of(
                    "MIG is on: " + label() + " cannot be shared as a whole",
                    "sudo nvidia-smi -mig 0 -i " + identity.index()));
        }
        boolean exclusive =
                isInComputeMode(ComputeMode.EXCLUSIVE_PROCESS) || isInComputeMode(ComputeMode.EXCLUSIVE_THREAD);
        return exclusive
                ? Optional.of(Obstacle.of(
                        label() + " is in an exclusive compute mode: one process at a time",
                        "sudo nvidia-smi -c DEFAULT -i " + identity.index()))
                : obstacleToAnyProcess();
    }

    Optional<Obstacle> obstacleToMig() {
        return switch (mig) {
            case Reading.Absent<MigMode>(var absence) ->
                Optional.of(Obstacle.of(identity.name() + ": " + absence.reason()));
            case Reading.Value<MigMode>(MigMode mode) ->
                mode.current() == mode.pending()
                        ? Optional.empty()
                        : Optional.of(Obstacle.of(
                                "a change of MIG waits for a reset of " + label(),
                                "sudo nvidia-smi --gpu-reset -i " + identity.index()));
        };
    }
}
