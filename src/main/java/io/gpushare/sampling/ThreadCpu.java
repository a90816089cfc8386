package io.gpushare.sampling;

import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The share of a core that a thread takes, from what the kernel tells the thread about itself. Looks come from that
 * thread, or from several one after another; the share may be asked from any. (java.management would tell the same and
 * costs tens of milliseconds to load.)
 */
final class ThreadCpu {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Path schedstat;
    private final Time time;
    private long firstTick;
    private long firstCpuNanos;
    private long lastCpuNanos;
    private long lastTick;
    private boolean begun;
    private long earlierSpanNanos;
    private long earlierCpuNanos;
    private volatile Reading<Double> share = Reading.absent(Absence.Kind.NO_DATA);

    ThreadCpu(Path procRoot, Time time) {
        this.schedstat = procRoot.resolve("thread-self/schedstat");
        this.time = time;
    }

    /** The first look of a thread. */
    void begin() {
        begun = false;
        look();
    }

    /** The last look of a thread. */
    void end() {
        look();
        if (begun) {
            earlierSpanNanos += lastTick - firstTick;
            earlierCpuNanos += lastCpuNanos - firstCpuNanos;
        }
    }

    void lookOnceASecond() {
        if (time.nanos() - lastTick >= NANOS_PER_SECOND) {
            look();
        }
    }

    void look() {
        lastTick = time.nanos();
        if (!time.isReal()) {
            share = Reading.notMeasured(Time.NOT_THE_MACHINES);
            return;
        }
        try {
            String text = Files.readString(schedstat);
            long cpuNanos = Long.parseLong(text.substring(0, text.indexOf(' ')));
            if (!begun) {
                begun = true;
                firstTick = lastTick;
                firstCpuNanos = cpuNanos;
            } else if (lastTick > firstTick) {
                share = Reading.of(100.0
                        * (earlierCpuNanos + cpuNanos - firstCpuNanos)
                        / (earlierSpanNanos + lastTick - firstTick));
            }
            lastCpuNanos = cpuNanos;
        } catch (IOException | RuntimeException unreadable) {
            share = Reading.failed(unreadable.toString());
        }
    }

    Reading<Double> sharePercent() {
        return share;
    }
}
