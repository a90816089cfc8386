package io.gpushare.witness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** At which frequencies processors run, by what the kernel says now and then. */
final class Frequencies {
    private static final double KILO = 1000;
    private static final String PROCESSOR = "processor";
    private static final String MEGAHERTZ = "cpu MHz";

    private final Path root;
    private final Set<Integer> cpus;
    private final Map<Integer, DoubleSummaryStatistics> megahertz = new TreeMap<>();

    Frequencies(Path root, Set<Integer> cpus) {
        this.root = root;
        this.cpus = cpus;
    }

    void look() {
        Map<Integer, Double> told = cpuInfo();
        for (int cpu : cpus) {
            scaling(cpu).ifPresent(now -> told.put(cpu, now));
        }
        told.forEach((cpu, now) -> megahertz
                .computeIfAbsent(cpu, _ -> new DoubleSummaryStatistics())
                .accept(now));
    }

    OptionalDouble least(int cpu) {
        return of(cpu, DoubleSummaryStatistics::getMin);
    }

    OptionalDouble most(int cpu) {
        return of(cpu, DoubleSummaryStatistics::getMax);
    }

    private OptionalDouble of(int cpu, ToDoubleFunction<DoubleSummaryStatistics> which) {
        DoubleSummaryStatistics seen = megahertz.get(cpu);
        return seen == null ? OptionalDouble.empty() : OptionalDouble.of(which.applyAsDouble(seen));
    }

    private OptionalDouble scaling(int cpu) {
        Path file = root.resolve("sys/devices/system/cpu/cpu" + cpu + "/cpufreq/scaling_cur_freq");
        try {
            return OptionalDouble.of(Double.parseDouble(Files.readString(file).strip()) / KILO);
        } catch (IOException | NumberFormatException unknown) {
            return OptionalDouble.empty();
        }
    }

    private Map<Integer, Double> cpuInfo() {
        Map<Integer, Double> told = new TreeMap<>();
        int cpu = 0;
        try {
            for (String line : Files.readAllLines(root.resolve("proc/cpuinfo"))) {
                if (line.startsWith(PROCESSOR)) {
                    cpu = Integer.parseInt(value(line));
                } else if (line.startsWith(MEGAHERTZ)) {
                    told.put(cpu, Double.parseDouble(value(line)));
                }
            }
        } catch (IOException | NumberFormatException unknown) {
            return new TreeMap<>();
        }
        return told;
    }

    private static String value(String line) {
        return line.substring(line.indexOf(':') + 1).strip();
    }
}
