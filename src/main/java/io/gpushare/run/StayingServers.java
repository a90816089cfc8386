package io.gpushare.run;

import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuProcess;
import io.gpushare.mode.MpsDaemonChoice;
import io.gpushare.mode.SharingMode;
import io.gpushare.plan.RunPlan;
import io.gpushare.run.stage.GpuProcesses;
import io.gpushare.run.stage.Stage;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Servers of the MPS daemon that a plan uses as it is. They are on the GPU whoever is measured: they stay after their
 * last client, and another one may have them.
 */
final class StayingServers {
    /** Of which the kernel tells the first 15 letters. */
    private static final String MPS_SERVER = "nvidia-cuda-mps-server";

    private StayingServers() {}

    static boolean isOne(GpuProcess process, RunPlan plan) {
        return plan.mode() instanceof SharingMode.Mps(var _, MpsDaemonChoice daemon, var _)
                && daemon instanceof MpsDaemonChoice.Existing
                && GpuProcesses.name(process.pid())
                        .filter(MPS_SERVER::startsWith)
                        .isPresent();
    }

    /** A measured time in which they are no strangers, though the mode is not in force. */
    static Stage.MeasuredTime beside(Optional<Gpu> gpu, RunPlan plan, Stage.MeasuredTime next) {
        return new Stage.MeasuredTime() {
            @Override
            public void began(String phase) {
                next.began(phase);
            }

            @Override
            public void goesOn() {
                next.goesOn();
            }

            @Override
            public void ended() {
                next.ended();
            }

            @Override
            public Set<Integer> ownProcesses() {
                Set<Integer> own = new HashSet<>(next.ownProcesses());
                gpu.map(GpuProcesses::on).flatMap(listed -> listed.asOptional()).orElse(List.of()).stream()
                        .filter(process -> isOne(process, plan))
                        .forEach(process -> own.add(process.pid()));
                return own;
            }
        };
    }
}
