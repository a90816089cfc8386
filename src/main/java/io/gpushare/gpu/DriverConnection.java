package io.gpushare.gpu;

import io.gpushare.reading.Reading;
import io.gpushare.time.Interrupts;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The present connection to a driver, if there is one, and the questions that are under way on it. */
final class DriverConnection {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile State state;
    /** Questions that never pause would keep the last of them under way for ever. */
    private volatile boolean refusing;

    sealed interface State {}

    /** One opening of the driver: no two are equal. */
    static final class Open implements State {
        private final GpuDriver driver;
        private final Map<String, Gpu> gpusByUuid;

        Open(GpuDriver driver) {
            this.driver = driver;
            this.gpusByUuid = driver.gpus().stream()
                    .collect(Collectors.toMap(gpu -> gpu.identity().uuid(), gpu -> gpu));
        }

        GpuDriver driver() {
            return driver;
        }

        Optional<Gpu> gpu(String uuid) {
            return Optional.ofNullable(gpusByUuid.get(uuid));
        }
    }

    private record Shut(String why) implements State {}

    DriverConnection(Open open) {
        this.state = open;
    }

    boolean isOpen() {
        return state instanceof Open;
    }

    void open(Open open) {
        state = open;
    }

    /** @param why told to all who ask from now on */
    void stayShut(String why) {
        state = new Shut(why);
    }

    /** Never waits for the connection: without one there is an absence that says why. */
    <T> Reading<T> ask(Function<Open, Reading<T>> question) {
        if (refusing || !lock.readLock().tryLock()) {
            return Reading.notMeasured("the connection to the driver is being closed");
        }
        try {
            return switch (state) {
                case Open open -> question.apply(open);
                case Shut(String why) -> Reading.notMeasured(why);
            };
        } finally {
            lock.readLock().unlock();
        }
    }

    /** To something that belongs to one connection, and went with it. */
    <T> Reading<T> ask(Open connection, Supplier<Reading<T>> question) {
        return ask(open -> open == connection
                ? question.get()
                : Reading.notMeasured("the connection to the driver was closed and opened again since"));
    }

    /** Closes something that belongs to one connection, if that is still there: it went with it otherwise. */
    void close(Open connection, Runnable closing) {
        ask(connection, () -> {
            closing.run();
            return Reading.of(true);
        });
    }

    /**
     * From here on nobody is on the connection, nor gets to it.
     *
     * @return what was open; empty when nothing was
     * @throws StillAskedException when a question did not come back in time; the connection stays as it was
     */
    Optional<Open> shut(String why, Duration patience) throws StillAskedException {
        refusing = true;
        long giveUp = Time.real().nanos() + patience.toNanos();
        try {
            // Also on a thread that was interrupted: what was changed is put back then.
            if (!Interrupts.keptUntilDone(
                    () -> lock.writeLock().tryLock(giveUp - Time.real().nanos(), TimeUnit.NANOSECONDS))) {
                throw new StillAskedException();
            }
            try {
                Optional<Open> was = state instanceof Open open ? Optional.of(open) : Optional.empty();
                state = new Shut(why);
                return was;
            } finally {
                lock.writeLock().unlock();
            }
        } finally {
            refusing = false;
        }
    }

    /** A question hangs in the driver. */
    static final class StillAskedException extends Exception {
        private static final long serialVersionUID = 1;
    }
}
