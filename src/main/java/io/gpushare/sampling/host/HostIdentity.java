package io.gpushare.sampling.host;

import io.gpushare.platform.KernelFile;
import io.gpushare.reading.Reading;
import java.nio.file.Path;

/** Which machine this is. */
public record HostIdentity(
        Reading<String> name,
        Reading<String> kernel,
        Reading<String> cpuModel,
        Reading<Integer> cpuCount,
        Reading<Long> memoryTotalBytes) {

    public static HostIdentity read(Path procRoot) {
        return new HostIdentity(
                KernelFile.read(procRoot.resolve("sys/kernel/hostname"), String::strip),
                KernelFile.read(procRoot.resolve("sys/kernel/osrelease"), String::strip),
                KernelFile.read(procRoot.resolve("cpuinfo"), HostIdentity::modelIn),
                KernelFile.read(
                        procRoot.resolve("stat"),
                        text -> CpuTimes.parse(text).cores().size()),
                KernelFile.read(
                        procRoot.resolve("meminfo"),
                        text -> HostMemory.parse(text).totalBytes()));
    }

    /** Processors other than x86 name no model. */
    private static String modelIn(String cpuinfo) {
        return cpuinfo.lines()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no model name"));
    }
}
