package io.gpushare.mode.nvidia;

import io.gpushare.failure.GpushareException;
import java.util.List;

/** Tells a person what was refused, and what to do. */
record RefusedChange(NvidiaSmi smi, GpuUsers users) {
    /** @param purpose as in "could not PURPOSE" */
    GpushareException of(String purpose, Refusal refusal) throws InterruptedException {
        String sentence = "could not " + purpose + " on " + smi.label() + ": " + said(refusal);
        return switch (refusal.reason()) {
            case PENDING -> GpushareException.unable(pending(purpose, refusal), resetAdvice());
            case PERMISSION ->
                GpushareException.unable(
                        sentence,
                        "Changing a GPU, and reading its MIG instances, needs root; in a container also the capability"
                                + " SYS_ADMIN and, for MIG, the driver's mig/config capability"
                                + " (NVIDIA_MIG_CONFIG_DEVICES=all).");
            case IN_USE -> GpushareException.unable(sentence + usedBy(), inUseAdvice());
            case NO_ROOM ->
                GpushareException.unable(
                        sentence, "Remove MIG instances that are not needed, or choose smaller profiles.");
            case UNSUPPORTED ->
                GpushareException.unable(
                        sentence, "This GPU or driver does not offer it. gpushare doctor says what it offers.");
            case MIG_IS_OFF ->
                GpushareException.unable(
                        sentence, "Switch MIG on first: sudo nvidia-smi -i " + smi.index() + " -mig 1");
            case GPU_MISSING ->
                GpushareException.unable(
                        sentence, "nvidia-smi does not show this GPU any more. dmesg may say more; try nvidia-smi -L.");
            case NOTHING_THERE, OTHER -> GpushareException.failed(sentence, null);
        };
    }

    private static String said(Refusal refusal) {
        return "nvidia-smi says '" + refusal.words() + "'";
    }

    private String pending(String purpose, Refusal refusal) throws InterruptedException {
        return smi.label() + " will " + purpose + " only after a reset, since something holds it: " + said(refusal)
                + usedBy();
    }

    private String resetAdvice() {
        return "Stop what uses the GPU (also nvidia-persistenced, DCGM and other monitoring: sudo systemctl stop"
                + " nvidia-persistenced nvidia-dcgm) and reset it: sudo nvidia-smi --gpu-reset -i " + smi.index()
                + ". Where a reset is refused, as in many virtual machines, reboot.";
    }

    private static String inUseAdvice() {
        return "Stop what uses the GPU and try again. Monitoring holds it too: sudo systemctl stop nvidia-persistenced"
                + " nvidia-dcgm";
    }

    private String usedBy() throws InterruptedException {
        List<String> found = users.find();
        return found.isEmpty() ? "" : "; it is used by " + String.join(", ", found);
    }
}
