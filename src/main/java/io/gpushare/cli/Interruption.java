package io.gpushare.cli;

import io.gpushare.outcome.ExitStatus;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C and SIGTERM end a command in good order: the command notices, cleans up, saves, and says with which status
 * the process ends. Without it Java would end while the command is still at work.
 */
final class Interruption implements AutoCloseable {
    /** Whoever asks to end means soon; a supervisor would kill us in about this time anyway. */
    private static final long PATIENCE_SECONDS = 30;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::holdTheExit, "interruption");
    private volatile ExitStatus status = ExitStatus.INTERRUPTED;

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void holdTheExit() {
        requested.countDown();
        try {
            if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException hurried) {
            return;
        }
        Runtime.getRuntime().halt(status.code());
    }

    /** Waits, and returns early when the user wants to end. */
    boolean requestedWithin(long nanos) throws InterruptedException {
        return requested.await(nanos, TimeUnit.NANOSECONDS);
    }

    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** All is saved: the process may end, with this status if it is being interrupted. */
    void finish(ExitStatus exitStatus) {
        status = exitStatus;
    }

    @Override
    public void close() {
        if (!isRequested()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException shuttingDown) {
                // Interrupted at the last moment: the hook waits for the latch below.
            }
        }
        finished.countDown();
    }
}
