package io.gpushare.process;

import io.gpushare.cores.CpuSet;

/** Where the calling thread runs. */
public final class OwnThread {
    private OwnThread() {}

    /** From now on it, and whatever it starts, runs there only. Whether the kernel agreed. */
    public static boolean moveTo(CpuSet cpus) {
        return KernelCalls.moveThreadTo(cpus);
    }

    /** The processor on which it is right now. */
    public static int cpu() {
        return KernelCalls.cpu();
    }
}
