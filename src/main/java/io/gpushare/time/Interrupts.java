package io.gpushare.time;

/**
 * What must come to its end although the thread is interrupted: who is interrupted is to end, and this is a part of
 * that. The wish is kept: the thread is interrupted afterwards.
 */
public final class Interrupts {
    private Interrupts() {}

    public interface Work<T> {
        T get() throws InterruptedException;
    }

    public interface Step {
        void run() throws InterruptedException;
    }

    /** Does it once, and not again when it was interrupted itself. */
    public static <T> T keptFor(Work<T> work, T whenInterrupted) {
        boolean interrupted = Thread.interrupted();
        try {
            return work.get();
        } catch (InterruptedException _) {
            interrupted = true;
            return whenInterrupted;
        } finally {
            restore(interrupted);
        }
    }

    /** Begins it anew until it was not interrupted. */
    public static <T> T keptUntilDone(Work<T> work) {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return work.get();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        } finally {
            restore(interrupted);
        }
    }

    public static void keptUntilDone(Step step) {
        keptUntilDone(() -> {
            step.run();
            return true;
        });
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
