package io.gpushare.cli.terminal;

import io.gpushare.run.stage.StopRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets Ctrl-C and SIGTERM end a command in good order: while it is held, the command notices, cleans up, saves, and the
 * process ends with the command's own status. Without it Java would end while the command is still at work.
 */
public final class Interruption implements StopRequest {
    /**
     * Whoever asks to end means soon; but a GPU that is being put back takes what its driver takes, and a supervisor
     * that is in a hurry kills.
     */
    private static final long PATIENCE_SECONDS = 180;

    private final CompletableFuture<Boolean> requested = new CompletableFuture<>();
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile int status;

    /** From here on a request to end waits for the command. */
    public Hold hold() {
        Thread hook = new Thread(this::waitForTheCommand, "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        return () -> {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException ending) {
                requested.complete(true); // The hook is under way, and waits for the end of the command.
            }
        };
    }

    /** Closing it when nobody wants to end gives Java's own behaviour back. */
    public interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    private void waitForTheCommand() {
        requested.complete(true);
        try {
            if (finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                // The status of a process that a signal ends would be the signal's.
                Runtime.getRuntime().halt(status);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits, and returns early when the user wants to end. */
    public boolean requestedWithin(long nanos) throws InterruptedException {
        try {
            return requested.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException notYet) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a wish does not fail", impossible);
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // whoever calls back answers for what it throws
    public void onRequest(Runnable callback) {
        requested.thenRun(callback);
    }

    /** Ends the process: everything is saved and said. */
    public void exit(int exitStatus) {
        status = exitStatus;
        finished.countDown();
        System.exit(exitStatus);
    }
}
