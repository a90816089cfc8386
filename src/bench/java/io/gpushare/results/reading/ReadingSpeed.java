package io.gpushare.results.reading;

import com.sun.management.OperatingSystemMXBean;
import io.gpushare.results.stored.ReadResults;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.Locale;

/** Reads a folder once, in a fresh JVM, and says what it cost: {@code src/bench/analyze-speed} asks it. */
public final class ReadingSpeed {
    private ReadingSpeed() {}

    public static void main(String[] folders) {
        long begin = System.nanoTime();
        ReadResults read = ResultReading.read(List.of(folders), ReadingProgress.NONE);
        double wallS = (System.nanoTime() - begin) / 1e9;
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        double cpuS = system.getProcessCpuTime() / 1e9;
        long peakBytes = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        long keptBytes = runtime.totalMemory() - runtime.freeMemory();
        System.out.printf(
                Locale.ROOT,
                "{\"runs\":%d,\"skipped\":%d,\"files\":%d,\"bytes\":%d,\"wall_s\":%.3f,"
                        + "\"cpu_s\":%.3f,\"heap_peak_bytes\":%d,"
                        + "\"heap_kept_bytes\":%d}%n",
                read.runs().size(),
                read.skipped().size(),
                read.files(),
                read.bytes(),
                wallS,
                cpuS,
                peakBytes,
                keptBytes);
    }
}
