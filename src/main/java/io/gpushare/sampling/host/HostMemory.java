package io.gpushare.sampling.host;

import java.util.HashMap;
import java.util.Map;

/** @param availableBytes what programs could still get, by the kernel's own estimate */
public record HostMemory(long totalBytes, long availableBytes) {
    private static final long BYTES_PER_KIB = 1024;

    public long usedBytes() {
        return totalBytes - availableBytes;
    }

    /** @param meminfo the text of {@code /proc/meminfo} */
    static HostMemory parse(String meminfo) {
        Map<String, Long> kib = new HashMap<>();
        meminfo.lines().forEach(line -> {
            int colon = line.indexOf(':');
            String[] words = line.substring(colon + 1).strip().split(" +", -1);
            kib.put(line.substring(0, colon), Long.parseLong(words[0]));
        });
        return new HostMemory(bytes(kib, "MemTotal"), bytes(kib, "MemAvailable"));
    }

    private static long bytes(Map<String, Long> kib, String name) {
        Long value = kib.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return value * BYTES_PER_KIB;
    }
}
