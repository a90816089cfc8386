package io.gpushare.cli.terminal;

import io.gpushare.time.Task;
import io.gpushare.time.Time;
import java.time.Duration;

/** Does something again and again, until it is closed. */
public final class TickingThread implements AutoCloseable {
    private final Task task;

    private TickingThread(Task task) {
        this.task = task;
    }

    public static TickingThread start(String name, Duration pause, Runnable action) {
        return new TickingThread(Time.real().start(name, () -> {
            while (!Thread.currentThread().isInterrupted()) {
                action.run();
                try {
                    Time.real().sleep(pause);
                } catch (InterruptedException closed) {
                    return;
                }
            }
        }));
    }

    /** Returns when the action is no longer under way. */
    @Override
    public void close() {
        task.interrupt();
        boolean interrupted = false;
        while (task.isAlive()) {
            try {
                task.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
