package io.gpushare.mode;

import io.gpushare.gpu.ComputeMode;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuProcess;
import io.gpushare.gpu.MigMode;
import io.gpushare.gpu.Reading;
import io.gpushare.outcome.ExitStatus;
import io.gpushare.outcome.GpushareException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The modes that a GPU is in by itself: they are asserted, and nothing is changed. */
public final class PlainModes implements ModeAdapter {
    private final Optional<Gpu> gpu;

    /** @param gpu empty when tenants share only the host */
    public PlainModes(Optional<Gpu> gpu) {
        this.gpu = gpu;
    }

    @Override
    public Placement alone() {
        return gpu.map(shared -> Placement.wholeGpu(shared.identity().uuid())).orElseGet(Placement::withoutGpu);
    }

    @Override
    public void require(ModeRequest request) {
        switch (request.mode()) {
            case SharingMode.Exclusive(), SharingMode.TimeSlicing _ -> gpu.ifPresent(PlainModes::assertShared);
            case SharingMode.Mps mps -> throw unable(mps);
            case SharingMode.Mig mig -> throw unable(mig);
        }
    }

    @Override
    public ActiveMode activate(ModeRequest request, GpuReaders readers) {
        SharingMode mode = request.mode();
        int tenants = request.tenants().size();
        return switch (mode) {
            case SharingMode.Exclusive() -> asFound(mode, tenants);
            case SharingMode.TimeSlicing _ -> asFound(mode, tenants);
            case SharingMode.Mps mps -> throw unable(mps);
            case SharingMode.Mig mig -> throw unable(mig);
        };
    }

    private ActiveMode asFound(SharingMode mode, int tenants) {
        gpu.ifPresent(PlainModes::assertShared);
        return new AsFound(mode, Collections.nCopies(tenants, alone()), gpu.isPresent());
    }

    private static void assertShared(Gpu gpu) {
        String label = "GPU " + gpu.identity().index();
        if (gpu.migMode().asOptional().filter(MigMode::current).isPresent()) {
            throw new GpushareException(
                    ExitStatus.UNABLE,
                    label + " is in MIG mode: it cannot be shared as a whole",
                    "Switch MIG off (sudo nvidia-smi -mig 0 -i "
                            + gpu.identity().index() + ") or choose another GPU.");
        }
        gpu.computeMode()
                .asOptional()
                .filter(mode -> mode != ComputeMode.DEFAULT)
                .ifPresent(mode -> {
                    throw new GpushareException(
                            ExitStatus.UNABLE,
                            label + " is in compute mode " + mode.name().toLowerCase(Locale.ROOT)
                                    + ": processes cannot take turns on it",
                            "sudo nvidia-smi -c DEFAULT -i " + gpu.identity().index());
                });
    }

    private GpushareException unable(SharingMode mode) {
        return new GpushareException(
                ExitStatus.UNABLE,
                "this version does not configure " + mode.kind() + " on a real GPU",
                "Measure --mode time-slicing or exclusive here, or see what a model says: add --simulate.");
    }

    private record AsFound(SharingMode mode, List<Placement> placements, boolean onGpu) implements ActiveMode {

        @Override
        public void look() {}

        /** Tenants that reached an MPS server would not take turns, whatever the plan says. */
        @Override
        public ModeProof prove(ModeEvidence evidence) {
            if (!onGpu) {
                return new ModeProof(true, List.of("no GPU took part"));
            }
            return switch (evidence.gpuProcesses()) {
                case Reading.Absent<List<GpuProcess>> absent ->
                    new ModeProof(
                            false,
                            List.of("which processes were on the GPU is unknown: "
                                    + absent.absence().reason()));
                case Reading.Value<List<GpuProcess>>(List<GpuProcess> processes) -> judge(processes);
            };
        }

        private static ModeProof judge(List<GpuProcess> processes) {
            List<String> clients = new ArrayList<>();
            for (GpuProcess process : processes) {
                if (process.kind() == GpuProcess.Kind.MPS_CLIENT) {
                    clients.add("pid " + process.pid() + " was an MPS client");
                }
            }
            return clients.isEmpty()
                    ? new ModeProof(
                            true,
                            List.of(
                                    "MIG was off and the compute mode was default",
                                    "none of the " + processes.size() + " processes on the GPU was an MPS client"))
                    : new ModeProof(false, clients);
        }

        @Override
        public void close() {
            // Nothing was changed.
        }
    }
}
