package io.gpushare.sampling;

import io.gpushare.sampling.InstrumentReport.LoopReport;
import java.time.Duration;
import java.util.List;

/** A loop and the daemon thread that it has to itself. */
final class SamplingThread {
    private final TickLoop loop;
    private final Thread thread;

    SamplingThread(String name, Duration period, List<Probe> probes, Surroundings surroundings, Broadcast broadcast) {
        loop = new TickLoop(
                name,
                period.toNanos(),
                surroundings.ticker(),
                new ThreadCpu(surroundings.procRoot(), surroundings.ticker()),
                probes,
                broadcast::warned);
        thread = Thread.ofPlatform().daemon().name("gpushare-sampling-" + name).unstarted(loop::run);
    }

    void start() {
        thread.start();
    }

    /** @return whether the thread has ended */
    boolean end(Duration patience) {
        thread.interrupt();
        try {
            return thread.join(patience);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    LoopReport report() {
        return loop.report();
    }
}
