package io.gpushare.sampling.host;

import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What a control group takes of the host: version 2, or version 1 where its folder has those files (a version 1 group has
 * one folder for processor time and another for memory: watch both). For one thread.
 */
public final class ControlGroup {
    private static final double MICROS_PER_SECOND = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Path folder;
    private final LongSupplier nanos;
    private final Rate cpu = new Rate();
    private final Rate throttled = new Rate();

    public ControlGroup(Path folder, LongSupplier nanos) {
        this.folder = folder;
        this.nanos = nanos;
    }

    /** @param throttledPercent of the time in which the group was kept from running because its quota was used up */
    public record Use(Reading<Double> cpuPercent, Reading<Double> throttledPercent, Reading<Double> memoryBytes) {}

    public Reading<Use> next() {
        if (!Files.isDirectory(folder)) {
            return Reading.absent(new Absence(Absence.Kind.NO_DATA, "no " + folder));
        }
        long now = nanos.getAsLong();
        return Reading.of(new Use(
                cpu.perSecond(cpuSeconds(), now).map(share -> 100 * share),
                throttled.perSecond(throttledSeconds(), now).map(share -> 100 * share),
                memoryBytes()));
    }

    /** Seconds of one core since the first of these groups that says so was made: whatever its processes did, ended or not. */
    public static Reading<Double> cpuSeconds(List<Path> folders) {
        Reading<Double> seconds = Reading.notMeasured("it has no control group of its own");
        for (Path folder : folders) {
            seconds = new ControlGroup(folder, () -> 0).cpuSeconds();
            if (seconds.asOptional().isPresent()) {
                return seconds;
            }
        }
        return seconds;
    }

    private Reading<Double> cpuSeconds() {
        return firstOf(
                new Candidate("cpu.stat", text -> field(text, "usage_usec") / MICROS_PER_SECOND),
                new Candidate("cpuacct.usage", text -> Double.parseDouble(text.strip()) / NANOS_PER_SECOND));
    }

    private Reading<Double> throttledSeconds() {
        return firstOf(
                new Candidate("cpu.stat", text -> field(text, "throttled_usec") / MICROS_PER_SECOND),
                new Candidate("cpu.stat", text -> field(text, "throttled_time") / NANOS_PER_SECOND));
    }

    private Reading<Double> memoryBytes() {
        return firstOf(
                new Candidate("memory.current", text -> Double.parseDouble(text.strip())),
                new Candidate("memory.usage_in_bytes", text -> Double.parseDouble(text.strip())));
    }

    private record Candidate(String file, Function<String, Double> parse) {}

    private Reading<Double> firstOf(Candidate version2, Candidate version1) {
        for (Candidate candidate : List.of(version2, version1)) {
            Reading<Double> read = KernelFile.read(folder.resolve(candidate.file()), candidate.parse());
            if (read.asOptional().isPresent()) {
                return read;
            }
        }
        return Reading.absent(new Absence(
                Absence.Kind.NOT_SUPPORTED, "no " + version2.file() + " or " + version1.file() + " in " + folder));
    }

    private static double field(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(
                        line -> Double.parseDouble(line.substring(name.length()).strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + name));
    }
}
