package io.gpushare.nvml;

import io.gpushare.failure.GpushareException;
import io.gpushare.time.Interrupts;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One nvmlInit and its nvmlShutdown, and what must be given back in between. The library is reached through
 * {@link #nvml()} only, so that nothing calls it after the end.
 */
final class NvmlSession implements AutoCloseable {

    /** Something that the library allocated for us. */
    @FunctionalInterface
    interface Resource {
        /** Idempotent. */
        void free();
    }

    /**
     * A driver that hangs keeps a call, and with it the lock of a resource, for good: it must not keep the program
     * too.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final NvmlLibrary library;
    private final Duration patience;
    private final Deque<Resource> owned = new ArrayDeque<>();
    private boolean ending;
    private volatile boolean ended;
    private volatile boolean released;

    private NvmlSession(NvmlLibrary library, Duration patience) {
        this.library = library;
        this.patience = patience;
    }

    static NvmlSession start(NvmlLibrary library) {
        return start(library, PATIENCE);
    }

    static NvmlSession start(NvmlLibrary library, Duration patience) {
        int code = library.nvmlInit_v2();
        if (code == NvmlReturn.FUNCTION_NOT_FOUND) {
            code = library.nvmlInit();
        }
        if (code != NvmlReturn.SUCCESS) {
            throw notStarted(code, library);
        }
        return new NvmlSession(library, patience);
    }

    /** @throws IllegalStateException after the session has ended */
    NvmlLibrary nvml() {
        if (ended) {
            throw closed();
        }
        return library;
    }

    /** The resource is freed with the session, unless it {@linkplain #disown leaves} before. */
    synchronized void own(Resource resource) {
        if (ending) {
            throw closed();
        }
        owned.push(resource);
    }

    synchronized void disown(Resource resource) {
        owned.remove(resource);
    }

    @Override
    public void close() {
        if (beginEnding()) {
            Thread last = Thread.ofPlatform().daemon().name("nvml-end").start(this::end);
            Interrupts.keptFor(() -> last.join(patience), false);
        }
    }

    private void end() {
        // Not under this object's lock: a resource takes its own lock first, then this one.
        for (Resource resource = nextOwned(); resource != null; resource = nextOwned()) {
            resource.free();
        }
        ended = true;
        library.nvmlShutdown();
        released = true;
    }

    /** Whether the library was shut down, which may come long after {@link #close()} where the driver hangs. */
    boolean released() {
        return released;
    }

    private synchronized boolean beginEnding() {
        boolean first = !ending;
        ending = true;
        return first;
    }

    private synchronized @Nullable Resource nextOwned() {
        return owned.poll();
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("the connection to the NVIDIA driver is closed");
    }

    /** Why NVML would not start, as a sentence for the user. */
    private static GpushareException notStarted(int code, NvmlLibrary library) {
        return switch (code) {
            case NvmlReturn.DRIVER_NOT_LOADED ->
                GpushareException.unable(
                        "the NVIDIA kernel driver is not loaded",
                        "Load it with: sudo modprobe nvidia. If that fails, dmesg says why (often a missing build for"
                                + " the running kernel, or no GPU in this machine).");
            case NvmlReturn.NO_PERMISSION ->
                GpushareException.unable(
                        "no permission to talk to the NVIDIA driver",
                        "Check that this user may read and write /dev/nvidiactl and /dev/nvidia0; in a container,"
                                + " start it with GPU access.");
            case NvmlReturn.LIB_RM_VERSION_MISMATCH ->
                GpushareException.unable(
                        "the NVIDIA library and the loaded kernel driver are of different versions",
                        "The driver was probably updated while it was in use: reboot, or stop all GPU programs and"
                                + " reload the nvidia kernel modules. In a container, recreate it.");
            case NvmlReturn.GPU_IS_LOST ->
                GpushareException.unable(
                        "a GPU has fallen off the bus, and the NVIDIA driver does not start",
                        "Reboot the machine; dmesg shows which GPU (lines with Xid 79).");
            case NvmlReturn.FUNCTION_NOT_FOUND ->
                GpushareException.unable(
                        "the library found is not NVML: it has no nvmlInit", "Check " + NvmlLocation.VARIABLE + ".");
            default ->
                GpushareException.unable(
                        "the NVIDIA driver does not start: " + Absences.words(code, library),
                        "Try nvidia-smi; dmesg may say more.");
        };
    }
}
