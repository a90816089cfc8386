package io.gpushare.cli.terminal;

import java.time.Duration;

/** Does something again and again, until it is closed. */
public final class TickingThread implements AutoCloseable {
    private final Thread thread;

    private TickingThread(Thread thread) {
        this.thread = thread;
    }

    public static TickingThread start(String name, Duration pause, Runnable action) {
        return new TickingThread(Thread.ofVirtual().name(name).start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                action.run();
                try {
                    Thread.sleep(pause);
                } catch (InterruptedException closed) {
                    return;
                }
            }
        }));
    }

    /** Returns when the action is no longer under way. */
    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
