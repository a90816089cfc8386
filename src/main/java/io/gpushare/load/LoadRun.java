package io.gpushare.load;

import io.gpushare.load.account.Answer;
import io.gpushare.load.account.LoadSummary;
import io.gpushare.load.account.RequestRecord;
import io.gpushare.load.account.SaturationWatch;
import io.gpushare.load.account.Tally;
import io.gpushare.load.arrival.Arrivals;
import io.gpushare.load.bound.Bound;
import io.gpushare.load.http.Client;
import io.gpushare.load.request.Requests;
import io.gpushare.time.Task;
import io.gpushare.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts one load on a server: warm-up, measurement, and then waiting for the answers that are still to come. It can be
 * executed once.
 */
public final class LoadRun {
    /** Until the first request is due, all is ready. */
    private static final Duration LEAD = Duration.ofMillis(20);

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration LAST_LOOK = Duration.ofMillis(5);

    /** Threads that were told to end do so at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final double LEAST_TO_ABORT_SECONDS = 1;

    private final LoadPlan plan;
    private final Requests requests;
    private final Supplier<Client> clients;
    private final Time time;
    private final LoadListener listener;
    private volatile boolean stopped;
    private final AtomicLong finishedNanos = new AtomicLong(Long.MAX_VALUE);
    private final AtomicReference<@Nullable Measurement> running = new AtomicReference<>();

    /** @param clients makes one for this run, which closes it */
    public LoadRun(LoadPlan plan, Requests requests, Supplier<Client> clients, Time time, LoadListener listener) {
        this.plan = plan;
        this.requests = requests;
        this.clients = clients;
        this.time = time;
        this.listener = listener;
    }

    /** Ends it soon, from any thread; what was measured stays. */
    public void stop() {
        stopped = true;
    }

    /** Ends a measurement that goes on until then: nothing more is sent, and answers still to come are waited for. */
    public void finish() {
        finishedNanos.accumulateAndGet(time.nanos(), Math::min);
        Optional.ofNullable(running.get()).ifPresent(Measurement::finishIfTold);
    }

    public LoadOutcome execute() throws InterruptedException {
        return execute(time.nanos() + LEAD.toNanos(), false);
    }

    /**
     * Goes on in the same way behind the planned duration until {@link #finish}.
     *
     * @param beginNanos of the warm-up: a moment to come
     */
    public LoadOutcome executeUntilFinished(long beginNanos) throws InterruptedException {
        return execute(beginNanos, true);
    }

    private LoadOutcome execute(long beginNanos, boolean untilFinished) throws InterruptedException {
        try (Client client = clients.get()) {
            return new Measurement(client, beginNanos, untilFinished).run();
        }
    }

    /** What there is while it goes on. */
    private final class Measurement {
        private final Client client;
        private final long beginNanos;
        private final long fromNanos;
        private final Instant began;
        private final Tally tally;
        private final UnderWay underWay = new UnderWay();
        private final Optional<SaturationWatch> saturation = saturationWatch();
        private final boolean untilFinished;
        private final Driver driver;
        private volatile long toNanos;
        private long secondNanos;

        Measurement(Client client, long beginNanos, boolean untilFinished) {
            this.client = client;
            this.beginNanos = beginNanos;
            this.secondNanos = beginNanos;
            this.untilFinished = untilFinished;
            this.fromNanos = beginNanos + plan.warmUp().toNanos();
            this.began = time.instant().plusNanos(fromNanos - time.nanos());
            long expectedNanos = fromNanos + plan.duration().toNanos();
            int kinds = requests.kinds().size();
            this.toNanos = untilFinished ? Long.MAX_VALUE : expectedNanos;
            this.tally = untilFinished
                    ? Tally.untilEnded(fromNanos, expectedNanos, kinds, plan.goal())
                    : new Tally(fromNanos, expectedNanos, kinds, plan.goal());
            this.driver = new Driver(
                    plan,
                    requests,
                    time,
                    underWay,
                    this::send,
                    beginNanos,
                    untilFinished ? OptionalLong.empty() : OptionalLong.of(expectedNanos),
                    tally::dropped);
        }

        private Optional<SaturationWatch> saturationWatch() {
            return plan.stopsWhenSaturated() && plan.shape() instanceof LoadShape.Open(Arrivals arrivals, int _)
                    ? Optional.of(new SaturationWatch(arrivals.meanRate(plan.warmUp(), plan.duration())))
                    : Optional.empty();
        }

        LoadOutcome run() throws InterruptedException {
            running.set(this);
            finishIfTold();
            Task driving = time.start("load", driver);
            LoadEnd end = new LoadEnd.Interrupted();
            try {
                end = watch(driving);
            } finally {
                driver.stop();
                driving.interrupt();
                client.close();
                underWay.interrupt();
                driving.join(PATIENCE);
                underWay.awaitNone(time, time.nanos() + PATIENCE.toNanos());
            }
            driver.requireSound();
            tellSecond();
            LoadSummary summary = tally.summary(end instanceof LoadEnd.Whole ? toNanos : time.nanos());
            return new LoadOutcome(began, end, summary, underWay.most(), client.opened(), client.repeated());
        }

        /** Whether the time for the last answer is over. */
        private boolean allAnswered(long now) {
            return toNanos != Long.MAX_VALUE && now >= toNanos + plan.timeout().toNanos() + LOOK.toNanos();
        }

        /** At once: what is sent later must not count as due. */
        private synchronized void finishIfTold() {
            long told = finishedNanos.get();
            if (untilFinished && toNanos == Long.MAX_VALUE && told != Long.MAX_VALUE) {
                toNanos = Math.max(fromNanos, told);
                tally.endsAt(toNanos);
                driver.stop();
            }
        }

        private LoadEnd watch(Task driving) throws InterruptedException {
            while (!allAnswered(time.nanos())) {
                long now = time.nanos();
                long count = underWay.count();
                if (untilFinished && now >= toNanos) {
                    driving.interrupt(); // It may sleep until a request that is not to be sent any more.
                }
                if (now >= toNanos && count == 0 && !driving.isAlive()) {
                    return new LoadEnd.Whole();
                }
                if (stopped) {
                    return new LoadEnd.Interrupted();
                }
                if (now < toNanos && saturated(now, count)) {
                    return new LoadEnd.Saturated(count);
                }
                if (now - secondNanos >= Duration.ofSeconds(1).toNanos()) {
                    tellSecond();
                    Optional<Bound> broken = broken(now);
                    if (broken.isPresent()) {
                        return new LoadEnd.Aborted(broken.get());
                    }
                }
                time.sleepUntil(now < toNanos ? Math.min(now + LOOK.toNanos(), toNanos) : now + LAST_LOOK.toNanos());
            }
            return new LoadEnd.Whole();
        }

        private boolean saturated(long now, long count) {
            return saturation
                    .filter(watch -> watch.add((now - beginNanos) / 1e9, count))
                    .isPresent();
        }

        private Optional<Bound> broken(long now) {
            if (plan.abortIf().isEmpty() || now - fromNanos < LEAST_TO_ABORT_SECONDS * 1e9) {
                return Optional.empty();
            }
            LoadSummary sofar = tally.summary(now);
            return plan.abortIf().stream().filter(bound -> bound.isTrue(sofar)).findFirst();
        }

        private void tellSecond() {
            long now = time.nanos();
            double seconds = (now - secondNanos) / 1e9;
            secondNanos = now;
            listener.second(
                    Duration.ofNanos(now - beginNanos),
                    now >= fromNanos,
                    seconds,
                    tally.takeSecond(),
                    underWay.count());
        }

        private boolean send(Driver.Sending sending) {
            long dispatched = time.nanos();
            tally.dispatched(sending.intendedNanos(), dispatched);
            Answer answer = client.send(
                    sending.request(), sending.intendedNanos() + plan.timeout().toNanos());
            RequestRecord ended = new RequestRecord(
                    sending.number(), sending.request().kind(), sending.intendedNanos(), dispatched, answer);
            tally.ended(ended);
            listener.anyEnded(ended);
            if (sending.intendedNanos() >= fromNanos && sending.intendedNanos() < toNanos) {
                listener.ended(ended, fromNanos);
            }
            return !answer.ending().isError();
        }
    }
}
