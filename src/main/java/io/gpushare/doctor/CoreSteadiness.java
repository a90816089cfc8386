package io.gpushare.doctor;

import io.gpushare.analysis.CoreLoops;
import io.gpushare.reading.Reading;
import io.gpushare.witness.SeenCpu;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How steady one processor was.
 *
 * @param loops that were timed there
 * @param slowedShare of the time; empty where no loop tells
 * @param flips from one speed to the other
 * @param interruptedShare of the loops, in which somebody else had the core
 * @param fullSpeedMicros how long its faster loops took
 */
public record CoreSteadiness(
        SeenCpu seen,
        int loops,
        OptionalDouble slowedShare,
        int flips,
        double interruptedShare,
        OptionalDouble fullSpeedMicros) {
    /** Of the time; less than this shows nowhere. */
    static final double HARDLY_SLOWED = 0.05;

    static final double MOST_USED_PERCENT = 10;
    private static final double MOST_STOLEN_PERCENT = 2;

    /** A single loop may be slow by chance: a flip is one that most of so many neighbours show. */
    private static final int NEIGHBOURS = 5;

    static CoreSteadiness of(SeenCpu seen, double fullSpeedNanos) {
        CoreLoops loops = seen.loops();
        long told = loops.nanos().stream()
                .filter(loop -> !CoreLoops.interrupted(loop, fullSpeedNanos))
                .count();
        OptionalDouble own = CoreLoops.fullSpeedNanos(List.of(loops), OptionalDouble.empty());
        return new CoreSteadiness(
                seen,
                loops.nanos().size(),
                loops.slowedShare(fullSpeedNanos),
                flips(loops.nanos(), fullSpeedNanos),
                loops.nanos().isEmpty() ? 0 : 1 - (double) told / loops.nanos().size(),
                own.isPresent() ? OptionalDouble.of(own.getAsDouble() / 1e3) : own);
    }

    private static int flips(List<Long> nanos, double fullSpeedNanos) {
        List<Boolean> slowed = nanos.stream()
                .filter(loop -> !CoreLoops.interrupted(loop, fullSpeedNanos))
                .map(loop -> CoreLoops.slowed(loop, fullSpeedNanos))
                .toList();
        List<Boolean> smooth = new ArrayList<>();
        for (int i = 0; i + NEIGHBOURS <= slowed.size(); i++) {
            smooth.add(Collections.frequency(slowed.subList(i, i + NEIGHBOURS), true) > NEIGHBOURS / 2);
        }
        int flips = 0;
        for (int i = 1; i < smooth.size(); i++) {
            flips += smooth.get(i).equals(smooth.get(i - 1)) ? 0 : 1;
        }
        return flips;
    }

    public int cpu() {
        return seen.cpu();
    }

    /** Of the time, where it was seen. */
    public double fullSpeedShare() {
        return 1 - slowedShare.orElse(0);
    }

    public boolean steady() {
        return slowedShare.isPresent()
                && slowedShare.getAsDouble() <= HARDLY_SLOWED
                && !over(seen.usedPercent(), MOST_USED_PERCENT)
                && !over(seen.stolenPercent(), MOST_STOLEN_PERCENT);
    }

    private static boolean over(Reading<Double> percent, double most) {
        return percent.asOptional().filter(known -> known > most).isPresent();
    }
}
