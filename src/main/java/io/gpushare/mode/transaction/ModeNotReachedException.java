package io.gpushare.mode.transaction;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.setup.Change;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.mode.setup.MigSetup;

/** The programs that should change a GPU refused nothing, and yet it is not as it should be. */
public final class ModeNotReachedException extends GpushareException {
    private static final long serialVersionUID = 1;

    ModeNotReachedException(String gpu, int index, Change change, GpuSetup now) {
        super(ExitStatus.UNABLE, sentence(gpu, change, now), advice(index, change, now));
    }

    private static String sentence(String gpu, Change change, GpuSetup now) {
        String wanted = "could not " + change.words() + " on " + gpu + ": ";
        return wanted
                + switch (change) {
                    case Change.SetQuantum _ ->
                        now.quantum()
                                .asOptional()
                                .map(quantum -> "it is still " + quantum.text())
                                .orElse("it cannot be read back");
                    case Change.SetComputeMode _ ->
                        now.computeMode()
                                .asOptional()
                                .map(mode -> "it is still " + mode)
                                .orElse("it cannot be read back");
                    case Change.SwitchMig _ ->
                        pending(now.mig())
                                ? "it takes effect only after a reset of the GPU"
                                : "it is still " + now.mig().words();
                    case Change.CreateInstances _, Change.RemoveInstances _ ->
                        "there is " + now.mig().words();
                    case Change.StartDaemon _ -> "the program reported no failure, but no daemon answers";
                    case Change.StopDaemon _ -> "it still answers";
                };
    }

    private static boolean pending(MigSetup mig) {
        return switch (mig) {
            case MigSetup.Unsupported _ -> false;
            case MigSetup.Off(boolean pending) -> pending;
            case MigSetup.On(boolean pending, var _) -> pending;
        };
    }

    private static String advice(int index, Change change, GpuSetup now) {
        return switch (change) {
            case Change.SwitchMig _
            when pending(now.mig()) ->
                "A program still holds the GPU (nvidia-persistenced, a DCGM exporter, a display, another monitor), or"
                        + " the card always needs a reset for this (A100, A30). End them, then: sudo nvidia-smi"
                        + " --gpu-reset -i "
                        + index + ", or restart the machine.";
            case Change.SetQuantum _,
                    Change.SetComputeMode _,
                    Change.SwitchMig _,
                    Change.CreateInstances _,
                    Change.RemoveInstances _ ->
                "Look what the tools say: gpushare mode apply … --dry-run prints them, and --verbose shows each.";
            case Change.StartDaemon _, Change.StopDaemon _ ->
                "nvidia-cuda-mps-control -f, run by hand, says why. `gpushare doctor` looks at the rest.";
        };
    }
}
