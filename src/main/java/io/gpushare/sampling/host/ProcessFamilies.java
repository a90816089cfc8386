package io.gpushare.sampling.host;

import io.gpushare.platform.KernelFile;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.host.HostCounters.Switches;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * One look at all processes of this machine, to add up what families of them take of it. The processor time of a
 * process passes to its parent when that waits for its end: so the sum over a family never loses what short programs
 * took, and two looks can be subtracted. It does lose what nobody of the family waited for.
 */
public final class ProcessFamilies {
    private static final String VOLUNTARY = "\nvoluntary_ctxt_switches:";
    private static final String INVOLUNTARY = "\nnonvoluntary_ctxt_switches:";

    private final Path procRoot;
    private final Map<Integer, ProcessStat> all = new HashMap<>();

    private ProcessFamilies(Path procRoot) {
        this.procRoot = procRoot;
    }

    public static ProcessFamilies look(Path procRoot) {
        ProcessFamilies families = new ProcessFamilies(procRoot);
        String[] names = procRoot.toFile().list();
        for (String name : names == null ? new String[0] : names) {
            if (Character.isDigit(name.charAt(0))) {
                KernelFile.read(procRoot.resolve(name).resolve("stat"), ProcessStat::parse)
                        .asOptional()
                        .ifPresent(stat -> families.all.put(Integer.valueOf(name), stat));
            }
        }
        return families;
    }

    /**
     * Counters of these processes, of those in a session that one of them began, and of all that descend from any of
     * them. Absent when none of them is there any more.
     */
    public Reading<HostCounters> use(Set<Integer> known) {
        Set<Integer> family = family(known);
        if (family.isEmpty()) {
            return Reading.noData("none of its processes is there");
        }
        HostCounters sum = HostCounters.NONE;
        for (int member : family) {
            sum = sum.plus(Objects.requireNonNull(all.get(member)));
        }
        return Reading.of(sum.with(
                sum(family, "status", new Switches(0, 0), ProcessFamilies::switchesIn, Switches::plus),
                sum(family, "schedstat", 0L, ProcessFamilies::waitedIn, Long::sum)));
    }

    private Set<Integer> family(Set<Integer> known) {
        Set<Integer> family = new HashSet<>();
        for (Map.Entry<Integer, ProcessStat> process : all.entrySet()) {
            if (known.contains(process.getKey())
                    || known.contains(process.getValue().session())) {
                family.add(process.getKey());
            }
        }
        boolean grown = !family.isEmpty();
        while (grown) {
            grown = false;
            for (Map.Entry<Integer, ProcessStat> process : all.entrySet()) {
                grown |= family.contains(process.getValue().parent()) && family.add(process.getKey());
            }
        }
        return family;
    }

    /** Adds up what a file says of each thread of a family; a thread that ends meanwhile counts no longer. */
    private <T> Reading<T> sum(
            Set<Integer> family, String file, T none, Function<String, T> parse, BinaryOperator<T> plus) {
        T sum = none;
        for (int member : family) {
            Path tasks = procRoot.resolve(Integer.toString(member)).resolve("task");
            String[] threads = tasks.toFile().list();
            for (String thread : threads == null ? new String[0] : threads) {
                Path ofThread = tasks.resolve(thread).resolve(file);
                switch (KernelFile.read(ofThread, parse)) {
                    case Reading.Value<T>(T counted) -> sum = plus.apply(sum, counted);
                    case Reading.Absent<T> absent -> {
                        if (Files.exists(tasks.resolve(thread))) {
                            return absent;
                        }
                    }
                }
            }
        }
        return Reading.of(sum);
    }

    /** Its three numbers are nanoseconds on a core, nanoseconds of waiting for one, and how often it got one. */
    private static long waitedIn(String schedstat) {
        return Long.parseLong(schedstat.split(" ", -1)[1]);
    }

    private static Switches switchesIn(String status) {
        return new Switches(number(status, VOLUNTARY), number(status, INVOLUNTARY));
    }

    private static long number(String status, String label) {
        int start = status.indexOf(label);
        if (start < 0) {
            throw new IllegalArgumentException("no " + label.strip());
        }
        int end = status.indexOf('\n', start + 1);
        return Long.parseLong(status.substring(start + label.length(), end < 0 ? status.length() : end)
                .strip());
    }
}
