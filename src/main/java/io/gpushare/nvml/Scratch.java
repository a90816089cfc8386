package io.gpushare.nvml;

import com.sun.jna.Memory;

/**
 * Native memory for the answer to one small question. Each thread has its own, so that threads neither share an answer
 * nor wait for one another, and no call allocates. An answer is decoded before the same thread asks anything else.
 */
final class Scratch {
    static final int BYTES = 256;

    private static final ThreadLocal<Memory> OF_THREAD = ThreadLocal.withInitial(() -> new Memory(BYTES));

    private Scratch() {}

    static Memory ofThread() {
        return OF_THREAD.get();
    }
}
