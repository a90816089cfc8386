package io.gpushare.run.stage;

import io.gpushare.run.company.Member;
import io.gpushare.time.Inbox;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What happens to a run, from whatever thread, for the one thread that executes it. */
public final class Mailbox {
    private final Time time;
    private final Inbox<StageEvent> events;
    private volatile long deadlineNanos;
    private volatile boolean stopWished;

    /** @param patience after which the run is out of time */
    public Mailbox(Time time, Duration patience) {
        this.time = time;
        this.events = time.inbox();
        this.deadlineNanos = time.nanos() + patience.toNanos();
    }

    long nanos() {
        return time.nanos();
    }

    void put(StageEvent event) {
        events.put(event);
    }

    /** From any thread. */
    public void wishStop() {
        stopWished = true;
        events.put(new StageEvent.StopWished());
    }

    /** For runs on other GPUs; the time for this one does not pass meanwhile. */
    public Member.Waiting forOthers() {
        return new Member.Waiting() {
            @Override
            public boolean ends() {
                return ending().isPresent();
            }

            @Override
            public void pause(Duration howLong) throws InterruptedException {
                long began = time.nanos();
                time.sleep(howLong);
                waitedForOthers(time.nanos() - began);
            }
        };
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // the run's own thread is the only one that changes it
    void waitedForOthers(long nanos) {
        deadlineNanos += nanos;
    }

    /** Why the run is to end before its plan is done. */
    public Optional<Ending> ending() {
        if (stopWished) {
            return Optional.of(Ending.INTERRUPTED);
        }
        return time.nanos() - deadlineNanos >= 0 ? Optional.of(Ending.TIMED_OUT) : Optional.empty();
    }

    /** The next event, or empty when that time has come, or the end of the run's. */
    Optional<StageEvent> take(long untilNanos) throws InterruptedException {
        boolean outOfTimeFirst = deadlineNanos - untilNanos < 0 && deadlineNanos - time.nanos() > 0;
        return events.poll(outOfTimeFirst ? deadlineNanos : untilNanos);
    }

    /** Without waiting. */
    List<StageEvent> takeAll() {
        return events.takeAll();
    }

    /** Why a run ends early. */
    public enum Ending {
        INTERRUPTED,
        TIMED_OUT
    }
}
