package io.gpushare.sampling;

import io.gpushare.sampling.InstrumentReport.LoopReport;
import io.gpushare.time.Task;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A loop and the daemon thread that it has to itself, or one after another. */
final class SamplingThread {
    private final String name;
    private final Time time;
    private final TickLoop loop;
    private @Nullable Task thread;

    SamplingThread(
            String name,
            Duration period,
            Supplier<List<Probe>> probes,
            Surroundings surroundings,
            Broadcast broadcast) {
        this.name = name;
        this.time = surroundings.time();
        loop = new TickLoop(
                name,
                period.toNanos(),
                surroundings.time(),
                new ThreadCpu(surroundings.procRoot(), surroundings.time()),
                probes,
                broadcast::warned);
    }

    /** Only where none is at work. */
    void start() {
        thread = time.start("gpushare-sampling-" + name, loop::run);
    }

    boolean atWork() {
        return thread != null && thread.isAlive();
    }

    /** @return whether no thread is at work any more */
    boolean end(Duration patience) {
        Task ending = thread;
        if (ending == null) {
            return true;
        }
        ending.interrupt();
        return ending.endsWithin(patience);
    }

    LoopReport report() {
        return loop.report();
    }
}
