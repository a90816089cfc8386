package io.gpushare.sampling;

import io.gpushare.reading.Reading;
import io.gpushare.sampling.InstrumentReport.LoopReport;
import io.gpushare.time.Task;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Asks the same probes at each multiple of a period since its start, until it is ended, and then once more. A tick
 * whose time passes while another is being taken is counted as missed and not made up for. It has a daemon thread to
 * itself, or one after another.
 */
final class SamplingThread {
    private static final long LONGEST_NANOS = 60_000_000_000L;
    private static final int SIGNIFICANT_DIGITS = 2;

    private final String name;
    private final long periodNanos;
    private final Time time;
    private final ThreadCpu cpu;
    private final Supplier<List<Probe>> source;
    private final Broadcast broadcast;
    private final Histogram lateness = new SynchronizedHistogram(LONGEST_NANOS, SIGNIFICANT_DIGITS);
    private final AtomicLong missed = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private @Nullable Task thread;

    /** @param probes asked for when the loop begins to run */
    SamplingThread(
            String name,
            Duration period,
            Supplier<List<Probe>> probes,
            Surroundings surroundings,
            Broadcast broadcast) {
        this.name = name;
        this.periodNanos = period.toNanos();
        this.time = surroundings.time();
        this.cpu = new ThreadCpu(surroundings.procRoot(), time);
        this.source = probes;
        this.broadcast = broadcast;
    }

    /** Only where none is at work. */
    void start() {
        thread = time.start("gpushare-sampling-" + name, this::run);
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

    /** May run again when it has ended: the time between is nobody's, and no tick of it was missed. */
    private void run() {
        List<Probe> probes = source.get();
        cpu.begin();
        long due = time.nanos();
        try {
            while (!Thread.interrupted()) {
                time.sleepUntil(due);
                lateness.recordValue(Math.clamp(time.nanos() - due, 0, LONGEST_NANOS));
                probes.forEach(this::attempt);
                due = nextAfter(due);
                cpu.lookOnceASecond();
            }
        } catch (InterruptedException stopped) {
            // The way to end a loop that sleeps.
        }
        probes.forEach(this::attempt);
        cpu.end();
    }

    private long nextAfter(long due) {
        long next = due + periodNanos;
        long late = time.nanos() - next;
        if (late <= 0) {
            return next;
        }
        long passed = Math.ceilDiv(late, periodNanos);
        missed.addAndGet(passed);
        return next + passed * periodNanos;
    }

    private void attempt(Probe probe) {
        try {
            probe.take();
        } catch (RuntimeException | Error thrown) {
            // A mistake of ours, since what sources throw is an absence. A probe may fail; the loop and the other
            // probes may not.
            failed.incrementAndGet();
            broadcast.warned(probe.getClass().getSimpleName() + " failed: " + thrown);
        }
    }

    LoopReport report() {
        long taken = lateness.getTotalCount();
        Reading<Double> share = cpu.sharePercent();
        return new LoopReport(
                name,
                periodNanos,
                taken + missed.get(),
                taken,
                missed.get(),
                failed.get(),
                lateness.getValueAtPercentile(50),
                lateness.getValueAtPercentile(99),
                lateness.getMaxValue(),
                share);
    }
}
