package io.gpushare.run.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What happens to a run, from whatever thread, for the one thread that executes it. */
public final class Mailbox {
    private final LinkedBlockingQueue<StageEvent> events = new LinkedBlockingQueue<>();
    private final long deadlineNanos;
    private volatile boolean stopWished;

    /** @param deadlineNanos in the time of {@link System#nanoTime()}: the run is out of time then */
    public Mailbox(long deadlineNanos) {
        this.deadlineNanos = deadlineNanos;
    }

    void put(StageEvent event) {
        events.add(event);
    }

    /** From any thread. */
    public void wishStop() {
        stopWished = true;
        events.add(new StageEvent.StopWished());
    }

    /** Why the run is to end before its plan is done. */
    public Optional<Ending> ending() {
        if (stopWished) {
            return Optional.of(Ending.INTERRUPTED);
        }
        return System.nanoTime() - deadlineNanos >= 0 ? Optional.of(Ending.TIMED_OUT) : Optional.empty();
    }

    /** The next event, or empty when that time has come, or the end of the run's. */
    Optional<StageEvent> take(long untilNanos) throws InterruptedException {
        long now = System.nanoTime();
        long wait = untilNanos - now;
        if (deadlineNanos - now > 0) {
            wait = Math.min(wait, deadlineNanos - now);
        }
        return Optional.ofNullable(events.poll(Math.max(0, wait), TimeUnit.NANOSECONDS));
    }

    /** Without waiting. */
    List<StageEvent> takeAll() {
        List<StageEvent> all = new ArrayList<>();
        events.drainTo(all);
        return all;
    }

    /** Why a run ends early. */
    public enum Ending {
        INTERRUPTED,
        TIMED_OUT
    }
}
