package io.gpushare.sim.device;

import io.gpushare.gpu.ComputeMode;
import io.gpushare.mode.setup.MpsDaemon;
import io.gpushare.reading.Reading;
import io.gpushare.sim.model.GpuProfile;
import io.gpushare.sim.model.StepModel;
import java.util.List;
import java.util.Optional;

/** Whom a device lets in beside those who are there. */
final class Admission {
    private Admission() {}

    /** An MPS server is one process, whatever its clients. */
    static void requireLetIn(
            Reading<ComputeMode> mode, Part part, Optional<MpsDaemon> daemon, List<SimulatedMachine.Holding> others)
            throws SeatRefusedException {
        boolean taken = others.stream()
                .filter(other -> other.part().equals(part))
                .anyMatch(other -> other.daemon().isEmpty() || !other.daemon().equals(daemon));
        boolean refused = switch (mode.asOptional().orElse(ComputeMode.DEFAULT)) {
            case DEFAULT -> false;
            case EXCLUSIVE_THREAD, EXCLUSIVE_PROCESS -> taken;
            case PROHIBITED -> true;
        };
        if (refused) {
            throw new SeatRefusedException("cuda", "CUDA-capable device(s) is/are busy or unavailable");
        }
    }

    static long heldBytes(Part part, List<SimulatedMachine.Holding> others) {
        return others.stream()
                .filter(other -> other.part().sharesMemoryWith(part))
                .mapToLong(SimulatedMachine.Holding::memoryBytes)
                .sum();
    }

    /** What a program can still get that holds some already. */
    static long freeBytes(
            Part part, GpuProfile gpu, Optional<Share> share, long ownBytes, List<SimulatedMachine.Holding> all) {
        long total = part.memoryBytes(gpu);
        long free = total - heldBytes(part, all);
        long allowed = share.map(own -> own.memoryBytes(total)).orElse(total) - ownBytes;
        return Math.max(0, Math.min(free, allowed));
    }

    static void requireMemory(
            StepModel step, Part part, GpuProfile gpu, Optional<Share> share, List<SimulatedMachine.Holding> others)
            throws SeatRefusedException {
        long total = part.memoryBytes(gpu);
        long free = total - heldBytes(part, others);
        long allowed = share.map(own -> own.memoryBytes(total)).orElse(total);
        if (step.memoryBytes() > Math.min(free, allowed)) {
            String why = free <= allowed
                    ? (free >> 20) + " MiB are free"
                    : "this client of MPS may have " + (allowed >> 20) + " MiB";
            throw new SeatRefusedException(
                    "oom",
                    "CUDA out of memory: " + (step.memoryBytes() >> 20) + " MiB are needed, and of " + (total >> 20)
                            + " MiB of " + part.name(gpu) + " " + why);
        }
    }
}
