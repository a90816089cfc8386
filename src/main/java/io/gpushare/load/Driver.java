package io.gpushare.load;

import io.gpushare.load.arrival.Schedule;
import io.gpushare.load.request.Request;
import io.gpushare.load.request.Requests;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/** Sends requests when they are due, each in a thread of its own; or lets clients send them. */
final class Driver implements Runnable {
    /** A client whose request failed does not try again at once: a server that is down would get all of the machine. */
    private static final Duration AFTER_AN_ERROR = Duration.ofMillis(10);

    /** Longer than anybody measures. */
    private static final Duration ENDLESS = Duration.ofDays(30);

    private final LoadPlan plan;
    private final Requests requests;
    private final Time time;
    private final UnderWay underWay;
    private final Predicate<Sending> send;
    private final long beginNanos;
    private final OptionalLong toNanos;
    private final LongConsumer dropped;
    private final AtomicReference<Throwable> bug = new AtomicReference<>();
    private volatile boolean stopped;

    /** A request that is due. */
    record Sending(long number, Request request, long intendedNanos) {}

    /**
     * @param send returns whether it went well
     * @param beginNanos of the warm-up
     * @param toNanos the end of the measurement; empty where it goes on until {@link #stop}
     * @param dropped is told when a request was meant to be sent that is left out
     */
    Driver(
            LoadPlan plan,
            Requests requests,
            Time time,
            UnderWay underWay,
            Predicate<Sending> send,
            long beginNanos,
            OptionalLong toNanos,
            LongConsumer dropped) {
        this.plan = plan;
        this.requests = requests;
        this.time = time;
        this.underWay = underWay;
        this.send = send;
        this.beginNanos = beginNanos;
        this.toNanos = toNanos;
        this.dropped = dropped;
    }

    void stop() {
        stopped = true;
    }

    /** Throws what no request should have thrown. */
    void requireSound() {
        Throwable thrown = bug.get();
        if (thrown != null) {
            throw new IllegalStateException("the load generator failed", thrown);
        }
    }

    @Override
    public void run() {
        try {
            switch (plan.shape()) {
                case LoadShape.Open open -> open(open);
                case LoadShape.Closed closed -> closed(closed);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            bug.compareAndSet(null, failure);
        }
    }

    private void open(LoadShape.Open open) throws InterruptedException {
        Duration length = toNanos.isPresent() ? plan.duration() : ENDLESS;
        Schedule schedule = open.arrivals().schedule(plan.warmUp(), length, plan.seed());
        for (long number = 0; !stopped; number++) {
            OptionalLong next = schedule.next();
            if (next.isEmpty()) {
                return;
            }
            // Made before it is due, so that making it makes nothing late.
            Sending sending = new Sending(number, requests.of(number), beginNanos + next.getAsLong());
            time.sleepUntil(sending.intendedNanos());
            if (underWay.count() >= open.mostUnderWay()) {
                dropped.accept(sending.intendedNanos());
            } else {
                underWay.requestBegan();
                underWay.start(() -> counted(sending));
            }
        }
    }

    private boolean goesOn() {
        return toNanos.isEmpty() || time.nanos() < toNanos.getAsLong();
    }

    private boolean counted(Sending sending) {
        try {
            return send.test(sending);
        } catch (RuntimeException failure) {
            bug.compareAndSet(null, failure);
            return false;
        } finally {
            underWay.requestEnded();
        }
    }

    private void closed(LoadShape.Closed closed) throws InterruptedException {
        AtomicLong numbers = new AtomicLong();
        time.sleepUntil(beginNanos);
        for (int i = 0; i < closed.clients(); i++) {
            underWay.start(() -> client(closed, numbers));
        }
    }

    private void client(LoadShape.Closed closed, AtomicLong numbers) {
        try {
            while (!stopped && goesOn() && bug.get() == null) {
                long number = numbers.getAndIncrement();
                Request request = requests.of(number);
                underWay.requestBegan();
                boolean well = counted(new Sending(number, request, time.nanos()));
                if (closed.think().isPresent()) {
                    time.sleep(closed.think().get());
                } else if (!well) {
                    time.sleep(AFTER_AN_ERROR);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
