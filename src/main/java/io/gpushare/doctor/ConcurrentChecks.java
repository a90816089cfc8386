package io.gpushare.doctor;

import io.gpushare.failure.GpushareException;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs checks at the same time and waits for all of them until one common deadline. */
final class ConcurrentChecks implements AutoCloseable {
    /** Daemons: a call that hangs in the driver cannot be interrupted, and must not keep the program from ending. */
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().daemon().name("check-", 1).factory());

    private final Duration patience;
    private final long deadline;

    ConcurrentChecks(Duration patience) {
        this.patience = patience;
        this.deadline = Time.real().nanos() + patience.toNanos();
    }

    /** @param id and {@code title}: of the section in the report */
    <V> Started<V> start(String id, String title, Check<V> check) {
        return new Started<>(id, title, check, threads.submit(check::look));
    }

    <V> CheckResult<V> finish(Started<V> started) throws InterruptedException {
        try {
            long left = Math.max(0, deadline - Time.real().nanos());
            return CheckResult.seen(started, started.future().get(left, TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return CheckResult.unanswered(
                    started, "did not answer within %s s".formatted(patience.toMillis() / 1000.0));
        } catch (ExecutionException e) {
            return switch (e.getCause()) {
                case GpushareException known -> CheckResult.unanswered(started, known.sentence());
                case RuntimeException bug -> throw bug;
                case Error bug -> throw bug;
                case null, default -> throw new IllegalStateException(e);
            };
        }
    }

    /** Interrupts what is still under way; programs that a check started are killed by that. */
    @Override
    public void close() {
        threads.shutdownNow();
    }

    record Started<V>(String id, String title, Check<V> check, Future<V> future) {}
}
