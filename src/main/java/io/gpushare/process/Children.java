package io.gpushare.process;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Programs that this process started. Java waits for each of them itself: an orphan that came to us must never be taken
 * for one of them, nor one of them for an orphan.
 */
final class Children {
    private static final Map<Integer, Process> STARTED = new ConcurrentHashMap<>();

    /** Held for reading while a program starts: until Java tells its number, nobody could know that it is ours. */
    private static final ReadWriteLock STARTING = new ReentrantReadWriteLock();

    private Children() {}

    static Process start(ProcessBuilder builder) throws IOException {
        STARTING.readLock().lock();
        try {
            STARTED.values().removeIf(process -> !process.isAlive());
            Process process = builder.start();
            STARTED.put(Math.toIntExact(process.pid()), process);
            return process;
        } finally {
            STARTING.readLock().unlock();
        }
    }

    /** While nothing is being started. */
    static <T> T quietly(Supplier<T> look) {
        STARTING.writeLock().lock();
        try {
            return look.get();
        } finally {
            STARTING.writeLock().unlock();
        }
    }

    /** Also when it has ended and Java has not asked yet how; after that its number may be another's. */
    static boolean isOurs(int pid) {
        Process process = STARTED.get(pid);
        return process != null && process.isAlive();
    }
}
