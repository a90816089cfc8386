package io.gpushare.load;

import io.gpushare.time.Time;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;

/** The threads of requests and clients, and how many requests wait for their answers. */
final class UnderWay {
    private static final Duration LOOK = Duration.ofMillis(5);

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicLong requests = new AtomicLong();
    private final LongAccumulator most = new LongAccumulator(Math::max, 0);
    private volatile boolean ending;

    /** A thread of its own, light enough that there can be ten thousands of them. */
    void start(Runnable body) {
        Thread thread = Thread.ofVirtual().name("request").unstarted(() -> {
            try {
                body.run();
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
        if (ending) {
            thread.interrupt();
        }
    }

    void requestBegan() {
        most.accumulate(requests.incrementAndGet());
    }

    void requestEnded() {
        requests.decrementAndGet();
    }

    long count() {
        return requests.get();
    }

    /** At once, ever. */
    long most() {
        return most.get();
    }

    /** Ends whatever they wait for. */
    void interrupt() {
        ending = true;
        threads.forEach(Thread::interrupt);
    }

    void awaitNone(Time time, long untilNanos) throws InterruptedException {
        while (!threads.isEmpty() && time.nanos() < untilNanos) {
            time.sleep(LOOK);
        }
    }
}
