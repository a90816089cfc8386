package io.gpushare.sampling;

import io.gpushare.reading.Reading;
import io.gpushare.sampling.InstrumentReport.LoopReport;
import io.gpushare.time.Time;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/**
 * Asks the same probes at each multiple of a period since its start, until its thread is interrupted, and then once
 * more. A tick whose time passes while another is being taken is counted as missed and not made up for.
 */
final class TickLoop {
    private static final long LONGEST_NANOS = 60_000_000_000L;
    private static final int SIGNIFICANT_DIGITS = 2;

    private final String name;
    private final long periodNanos;
    private final Time time;
    private final ThreadCpu cpu;
    private final Supplier<List<Probe>> source;
    private final Consumer<String> onFailure;
    private final Histogram lateness = new SynchronizedHistogram(LONGEST_NANOS, SIGNIFICANT_DIGITS);
    private final AtomicLong missed = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    /**
     * @param source asked for the probes when the loop begins to run
     * @param onFailure told what a probe threw: a mistake of ours, since what sources throw is an absence
     */
    TickLoop(
            String name,
            long periodNanos,
            Time time,
            ThreadCpu cpu,
            Supplier<List<Probe>> source,
            Consumer<String> onFailure) {
        this.name = name;
        this.periodNanos = periodNanos;
        this.time = time;
        this.cpu = cpu;
        this.source = source;
        this.onFailure = onFailure;
    }

    /** May run again when it has ended: the time between is nobody's, and no tick of it was missed. */
    void run() {
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
            // A probe may fail; the loop and the other probes may not.
            failed.incrementAndGet();
            onFailure.accept(probe.getClass().getSimpleName() + " failed: " + thrown);
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
