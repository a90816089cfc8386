package io.gpushare.run.judge;

import io.gpushare.failure.GpushareException;
import io.gpushare.mode.ActiveMode;
import io.gpushare.run.stage.Stage;
import io.gpushare.time.Interrupts;
import io.gpushare.time.Task;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once a second whether a mode is in force while its tenants are measured, on a thread of its own: a look may
 * start programs, and a measurement waits for nobody. No look begins while another is under way.
 */
public final class ModeWatch implements Stage.MeasuredTime, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ModeWatch.class);
    private static final long FIRST_NANOS = 500_000_000;
    private static final long PERIOD_NANOS = 1_000_000_000;

    private final ActiveMode mode;
    private final Stage.MeasuredTime next;
    private final Time time;
    private final Duration patience;
    private final Set<String> warnings = Collections.synchronizedSet(new LinkedHashSet<>());
    private @Nullable Task watching;

    /**
     * @param next told the same
     * @param time in which looks are due
     * @param patience with a look that is under way at the end
     */
    public ModeWatch(ActiveMode mode, Stage.MeasuredTime next, Time time, Duration patience) {
        this.mode = mode;
        this.next = next;
        this.time = time;
        this.patience = patience;
    }

    @Override
    public void began(String phase) {
        next.began(phase);
        long firstNanos = time.nanos() + FIRST_NANOS;
        watching = time.start("gpushare-mode-watch", () -> lookFrom(firstNanos));
    }

    private void lookFrom(long firstNanos) {
        long dueNanos = firstNanos;
        try {
            while (!Thread.interrupted()) {
                time.sleepUntil(dueNanos);
                look();
                long late = Math.max(0, time.nanos() - dueNanos);
                dueNanos += (late / PERIOD_NANOS + 1) * PERIOD_NANOS;
            }
        } catch (InterruptedException over) {
            // The measured time is.
        }
    }

    private void look() throws InterruptedException {
        try {
            mode.look();
        } catch (GpushareException unseen) {
            warnings.add("the mode could not be looked at while the tenants ran: " + unseen.sentence());
        } catch (RuntimeException mistake) {
            log.warn("looking at the mode failed", mistake);
            warnings.add("looking at the mode failed: " + mistake);
        }
    }

    @Override
    public void goesOn() {
        next.goesOn();
    }

    /** Does not wait: tenants are about to end, and are watched. */
    @Override
    public void ended() {
        if (watching != null) {
            watching.interrupt();
        }
        next.ended();
    }

    @Override
    public Set<Integer> ownProcesses() {
        return mode.ownProcesses();
    }

    /** What a reader of the result should know. Complete after {@link #close()}. */
    public List<String> warnings() {
        synchronized (warnings) {
            return List.copyOf(warnings);
        }
    }

    /** No look is under way afterwards, unless it hangs. */
    @Override
    public void close() {
        Task ending = watching;
        if (ending == null) {
            return;
        }
        ending.interrupt();
        if (!Interrupts.keptFor(() -> ending.join(patience), true)) {
            warnings.add("a look at the mode did not come back, and was not waited for");
        }
    }
}
