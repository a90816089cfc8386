package io.gpushare.process;

import io.gpushare.cores.CpuSet;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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

    /** @param cpus on which it may run; empty for ours */
    static Process start(ProcessBuilder builder, Optional<CpuSet> cpus) throws IOException {
        STARTING.readLock().lock();
        try {
            STARTED.values().removeIf(process -> !process.isAlive());
            Process process = cpus.isEmpty() ? builder.start() : startOn(cpus.get(), builder);
            STARTED.put(Math.toIntExact(process.pid()), process);
            return process;
        } finally {
            STARTING.readLock().unlock();
        }
    }

    /**
     * A program may run where the thread may that starts it. That thread is a new one, which ends with this: no other
     * is moved, and none has to be put back. Where the kernel refuses, the program starts without: whoever asked for
     * it has to look.
     */
    private static Process startOn(CpuSet cpus, ProcessBuilder builder) throws IOException {
        CompletableFuture<Process> started = new CompletableFuture<>();
        Thread.ofPlatform().name("start on " + cpus).start(() -> {
            KernelCalls.moveThreadTo(cpus);
            try {
                started.complete(builder.start());
            } catch (IOException | RuntimeException failure) {
                started.completeExceptionally(failure);
            }
        });
        try {
            return started.join();
        } catch (CompletionException failure) {
            switch (failure.getCause()) {
                case IOException refused -> throw refused;
                case RuntimeException bug -> throw bug;
                case null, default -> throw failure;
            }
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
