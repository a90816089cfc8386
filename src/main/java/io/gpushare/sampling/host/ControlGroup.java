package io.gpushare.sampling.host;

import io.gpushare.platform.KernelFile;
import io.gpushare.reading.Reading;
import java.nio.file.Path;
import java.util.List;

/** What a control group took of the host: version 2, or version 1, which has a folder of its own for processor time. */
public final class ControlGroup {
    private ControlGroup() {}

    /**
     * Seconds of one core since the first of these groups that says so was made: whatever its processes did, ended or
     * not.
     */
    public static Reading<Double> cpuSeconds(List<Path> folders) {
        for (Path folder : folders) {
            for (Reading<Double> seconds : List.of(
                    KernelFile.read(folder.resolve("cpu.stat"), text -> usageMicros(text) / 1e6),
                    KernelFile.read(folder.resolve("cpuacct.usage"), text -> Double.parseDouble(text.strip()) / 1e9))) {
                if (seconds.asOptional().isPresent()) {
                    return seconds;
                }
            }
        }
        return Reading.notMeasured("it has no control group of its own");
    }

    private static double usageMicros(String text) {
        String name = "usage_usec ";
        return text.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(
                        line -> Double.parseDouble(line.substring(name.length()).strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + name));
    }
}
