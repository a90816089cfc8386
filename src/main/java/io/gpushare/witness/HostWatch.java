package io.gpushare.witness;

import io.gpushare.analysis.CoreLoops;
import io.gpushare.cores.CpuSet;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.host.CpuTimes;
import io.gpushare.sampling.host.HostCpu;
import io.gpushare.time.Task;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleBiFunction;

/** Watches processors at the same time, each by a thread that runs there only and sleeps nearly always. */
public final class HostWatch {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Path root;
    private final Time time;
    private final HostCpu kernel;
    private volatile boolean over;

    /** @param root {@code /} but in tests */
    public HostWatch(Path root, Time time) {
        this.root = root;
        this.time = time;
        this.kernel = new HostCpu(root.resolve("proc"), time::nanos);
    }

    /** Waits, and returns early when the user wants to end. */
    public interface Patience {
        boolean endsWithin(Duration wait) throws InterruptedException;
    }

    /** @param seconds for which they were watched */
    public record Seen(List<SeenCpu> cpus, double seconds, boolean endedEarly) {
        public Seen {
            cpus = List.copyOf(cpus);
        }

        /**
         * How long the loop takes at full speed. The fastest core tells: others may be slowed all the time.
         *
         * @param fastestNanos that it ever took on this host, if that is known
         */
        public OptionalDouble fullSpeedNanos(OptionalDouble fastestNanos) {
            return cpus.stream()
                    .map(cpu -> CoreLoops.fullSpeedNanos(List.of(cpu.loops()), fastestNanos))
                    .flatMapToDouble(OptionalDouble::stream)
                    .min();
        }
    }

    /** Once. */
    public Seen watch(CpuSet cpus, Duration duration, Patience patience) throws InterruptedException {
        CoreWitness.prepare();
        Map<Integer, LoopLog> logs = new TreeMap<>();
        List<Task> witnesses = new ArrayList<>();
        Frequencies frequencies = new Frequencies(root, cpus.numbers());
        Reading<CpuTimes> before = kernel.times();
        long begin = time.nanos();
        boolean early;
        try {
            for (int cpu : cpus.numbers()) {
                LoopLog log = new LoopLog();
                // One after another: hyper-threads of one core would slow each other.
                long first = begin
                        + CoreWitness.PERIOD.toNanos()
                                * logs.size()
                                / cpus.numbers().size();
                logs.put(cpu, log);
                witnesses.add(time.start("witness of cpu " + cpu, () -> witness(cpu, first, log)));
            }
            early = waited(begin + duration.toNanos(), patience, frequencies);
        } finally {
            over = true;
            for (Task witness : witnesses) {
                witness.interrupt();
                witness.join();
            }
        }
        double seconds = (time.nanos() - begin) / 1e9;
        Reading<CpuTimes> after = kernel.times();
        return new Seen(
                cpus.numbers().stream()
                        .map(cpu -> new SeenCpu(
                                cpu,
                                logs.getOrDefault(cpu, new LoopLog()).nanos(),
                                share(
                                        cpu,
                                        before,
                                        after,
                                        (from, until) -> until.busyPercentSince(from) - until.stolenPercentSince(from)),
                                share(cpu, before, after, (from, until) -> until.stolenPercentSince(from)),
                                frequencies.least(cpu),
                                frequencies.most(cpu)))
                        .toList(),
                seconds,
                early);
    }

    private boolean waited(long untilNanos, Patience patience, Frequencies frequencies) throws InterruptedException {
        while (true) {
            long left = untilNanos - time.nanos();
            if (left <= 0) {
                return false;
            }
            if (patience.endsWithin(Duration.ofNanos(Math.min(left, BETWEEN_LOOKS.toNanos())))) {
                return true;
            }
            frequencies.look();
        }
    }

    private void witness(int cpu, long firstNanos, LoopLog log) {
        CoreWitness witness = new CoreWitness(time);
        long due = firstNanos;
        try {
            while (!over) {
                time.sleepUntil(due);
                witness.timeLoop(cpu, log);
                due = Math.max(due + CoreWitness.PERIOD.toNanos(), time.nanos());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static Reading<Double> share(
            int cpu,
            Reading<CpuTimes> before,
            Reading<CpuTimes> after,
            ToDoubleBiFunction<CpuTimes.Ticks, CpuTimes.Ticks> share) {
        String name = "cpu" + cpu;
        return before.asOptional()
                .flatMap(times -> times.core(name))
                .flatMap(from -> after.asOptional()
                        .flatMap(times -> times.core(name))
                        .map(until -> share.applyAsDouble(from, until)))
                .map(Reading::of)
                .orElseGet(() -> Reading.absent(Absence.Kind.NO_DATA));
    }
}
