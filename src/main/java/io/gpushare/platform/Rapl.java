package io.gpushare.platform;

import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The processors' power by their own energy counters (RAPL), averaged between two looks. The kernel lets only root read
 * them. For one thread.
 */
public final class Rapl {
    /** The same counters come a second time under another name ({@code intel-rapl-mmio}) on some machines. */
    private static final Pattern ZONE = Pattern.compile("(intel-rapl:\\d+)(:\\d+)?");

    private final List<RaplZone> zones;
    private final LongSupplier nanos;
    private final Map<RaplZone, Long> before = new HashMap<>();
    private long beforeNanos;

    private Rapl(List<RaplZone> zones, LongSupplier nanos) {
        this.zones = List.copyOf(zones);
        this.nanos = nanos;
    }

    /** Power by the name of the metric. */
    public record Look(Map<String, Reading<Double>> watts) {
        public Look {
            watts = Map.copyOf(watts);
        }

        public Reading<Double> of(String metric) {
            return watts.getOrDefault(metric, Reading.absent(Absence.Kind.NO_DATA));
        }
    }

    /** @param nanos monotonic time; absent where there is no counter, or none that may be read */
    public static Reading<Rapl> in(Path powercap, LongSupplier nanos) {
        if (!Files.isDirectory(powercap)) {
            return Reading.notMeasured("the processors offer no energy counter here");
        }
        try (Stream<Path> entries = Files.list(powercap)) {
            List<RaplZone> zones = entries.sorted()
                    .flatMap(folder -> zone(powercap, folder).stream())
                    .toList();
            if (zones.isEmpty()) {
                return Reading.notMeasured("the processors offer no energy counter here");
            }
            Rapl rapl = new Rapl(zones, nanos);
            return zones.getFirst().microjoules().map(_ -> rapl);
        } catch (IOException unreadable) {
            return Reading.absent(new Absence(Absence.Kind.NO_PERMISSION, powercap.toString()));
        }
    }

    private static Optional<RaplZone> zone(Path powercap, Path folder) {
        Matcher name = ZONE.matcher(folder.getFileName().toString());
        if (!name.matches()) {
            return Optional.empty();
        }
        String parent = name.group(2) == null ? "" : called(powercap.resolve(name.group(1))) + " ";
        Reading<Long> range =
                KernelFile.read(folder.resolve("max_energy_range_uj"), text -> Long.parseLong(text.strip()));
        return range.asOptional()
                .map(microjoules -> new RaplZone(
                        SensorName.plain("cpu " + parent + called(folder) + " power w"), folder, microjoules));
    }

    private static String called(Path folder) {
        return KernelFile.read(folder.resolve("name"), String::strip)
                .asOptional()
                .orElse(folder.getFileName().toString());
    }

    public List<String> metrics() {
        return zones.stream().map(RaplZone::metric).toList();
    }

    /** Since the last look; absent at the first. */
    public Reading<Look> next() {
        long now = nanos.getAsLong();
        double seconds = (now - beforeNanos) / 1e9;
        boolean first = before.isEmpty();
        Map<String, Reading<Double>> watts = new HashMap<>();
        for (RaplZone zone : zones) {
            Optional<Long> earlier = Optional.ofNullable(before.remove(zone));
            Reading<Long> counter = zone.microjoules();
            watts.put(
                    zone.metric(),
                    switch (counter) {
                        case Reading.Absent<Long>(Absence absence) -> Reading.absent(absence);
                        case Reading.Value<Long>(Long value) -> {
                            before.put(zone, value);
                            yield earlier.isPresent() && seconds > 0
                                    ? Reading.of(zone.watts(earlier.get(), value, seconds))
                                    : Reading.absent(Absence.Kind.NO_DATA);
                        }
                    });
        }
        beforeNanos = now;
        return first ? Reading.absent(Absence.Kind.NO_DATA) : Reading.of(new Look(watts));
    }

    /**
     * An energy counter of the processors.
     *
     * @param metric name of its power in results
     * @param folder of the kernel, with the counter in microjoules
     * @param rangeMicrojoules at which it begins at 0 again
     */
    private record RaplZone(String metric, Path folder, long rangeMicrojoules) {

        Reading<Long> microjoules() {
            return KernelFile.read(folder.resolve("energy_uj"), text -> Long.parseLong(text.strip()));
        }

        /** Between two looks less than a whole round apart. */
        double watts(long before, long now, double seconds) {
            long used = now >= before ? now - before : now - before + rangeMicrojoules;
            return used / 1e6 / seconds;
        }
    }
}
