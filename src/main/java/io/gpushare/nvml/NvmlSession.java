package io.gpushare.nvml;

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
            throw StartFailure.of(code, library);
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
            waitFor(Thread.ofPlatform().daemon().name("nvml-end").start(this::end));
        }
    }

    /** Also on a thread that was interrupted: who is interrupted is to end, and this is the end. */
    private void waitFor(Thread ending) {
        boolean interrupted = Thread.interrupted();
        try {
            ending.join(patience);
        } catch (InterruptedException _) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
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
}
