package io.gpushare.gpu;

import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.DriverConnection.Open;
import io.gpushare.gpu.DriverConnection.StillAskedException;
import io.gpushare.time.Interrupts;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A driver that can be let go of and opened again. Its GPUs stay the same objects: they ask whatever connection there
 * is, and while there is none their readings are absent. What was opened on them (GPM, Xid watches, MIG devices)
 * belongs to one connection, and is absent for good when that is closed. Safe for use by several threads.
 */
public final class ReopenableDriver implements GpuDriver, DriverPause {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

    private final Supplier<GpuDriver> source;
    private final Duration patience;
    private final DriverVersions versions;
    private final DriverConnection connection;
    private final List<Gpu> gpus;
    private final ReentrantLock changing = new ReentrantLock();
    private boolean closed;

    private ReopenableDriver(Supplier<GpuDriver> source, Duration patience, GpuDriver first) {
        this.source = source;
        this.patience = patience;
        this.versions = first.versions();
        this.connection = new DriverConnection(new Open(first));
        this.gpus = first.gpus().stream()
                .<Gpu>map(gpu -> new ReopenableGpu(gpu.identity(), connection))
                .toList();
    }

    /** @throws GpushareException as the source does */
    public static ReopenableDriver open(Supplier<GpuDriver> source) {
        return open(source, PATIENCE);
    }

    /** @param patience with a driver that does not answer, and with one that is not back at once */
    static ReopenableDriver open(Supplier<GpuDriver> source, Duration patience) {
        return new ReopenableDriver(source, patience, source.get());
    }

    @Override
    public DriverVersions versions() {
        return versions;
    }

    @Override
    public List<Gpu> gpus() {
        return gpus;
    }

    @Override
    public void during(Action action) throws InterruptedException {
        changing.lock();
        try (Reopening _ = this::reopen) {
            letGo();
            action.run();
        } finally {
            changing.unlock();
        }
    }

    /** What it throws must not hide what the action threw. */
    private interface Reopening extends AutoCloseable {
        @Override
        void close();
    }

    private void letGo() {
        GpuDriver driver;
        try {
            driver = connection
                    .shut("the driver is let go of while the GPU is changed", patience)
                    .map(Open::driver)
                    .orElse(null);
        } catch (StillAskedException hanging) {
            throw hangs(hanging);
        }
        if (driver != null) {
            driver.close();
            if (!driver.released()) {
                throw hangs(null);
            }
        }
    }

    private GpushareException hangs(@Nullable Throwable cause) {
        String sentence =
                "the NVIDIA driver cannot be let go of: it has not answered for " + patience.toSeconds() + " s";
        String advice = "dmesg may say more; a driver that hangs needs a reset of the GPU, or a reboot.";
        return GpushareException.unable(sentence, advice, cause);
    }

    /** A GPU that was reset may not be back at once. */
    private void reopen() {
        if (closed || connection.isOpen()) {
            return;
        }
        long giveUp = Time.real().nanos() + patience.toNanos();
        Interrupts.keptUntilDone(() -> {
            while (!reopened(Time.real().nanos() - giveUp >= 0)) {
                Time.real().sleep(BETWEEN_TRIES);
            }
        });
    }

    /** @param last then what is there has to do */
    private boolean reopened(boolean last) {
        try {
            GpuDriver driver = source.get();
            Open open = new Open(driver);
            if (!last
                    && !gpus.stream()
                            .allMatch(gpu -> open.gpu(gpu.identity().uuid()).isPresent())) {
                driver.close();
                return false;
            }
            connection.open(open);
            return true;
        } catch (GpushareException unopened) {
            if (last) {
                connection.stayShut("the driver could not be opened again: " + unopened.sentence());
                throw unopened;
            }
            return false;
        }
    }

    @Override
    public boolean released() {
        return !connection.isOpen();
    }

    @Override
    public void close() {
        changing.lock();
        try {
            closed = true;
            connection
                    .shut("the connection to the driver is closed", patience)
                    .ifPresent(open -> open.driver().close());
        } catch (StillAskedException hanging) {
            // Its thread is left behind; the program is about to end.
        } finally {
            changing.unlock();
        }
    }
}
