package io.gpushare.witness;

import io.gpushare.cores.CpuSet;
import io.gpushare.process.KernelCalls;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.List;

/** Times the loop on the calling thread, which it takes along to the core that is meant. For one thread. */
final class CoreWitness {
    /** From one loop to the next. */
    static final Duration PERIOD = Duration.ofMillis(60);

    private static final int NOWHERE = -1;
    private static final int CALLS_UNTIL_QUICK = 1_000;

    private final Time time;
    private int movedTo = NOWHERE;

    @SuppressWarnings("UnusedVariable") // what the loop computed goes here, or Java could leave it out
    private volatile long result;

    /** Makes all ready, which takes a hundredth of a second for the first one. */
    static void prepare() {
        FixedLoop.compile();
        for (int i = 0; i < CALLS_UNTIL_QUICK; i++) {
            KernelCalls.cpu();
        }
    }

    CoreWitness(Time time) {
        this.time = time;
    }

    /** Adds how long it took, unless the kernel lets the thread not run there, or moved it away meanwhile. */
    void timeLoop(int cpu, LoopLog log) {
        if (movedTo != cpu && !KernelCalls.moveThreadTo(CpuSet.of(List.of(cpu)))) {
            movedTo = NOWHERE;
            return;
        }
        movedTo = cpu;
        long seed = FixedLoop.begin(cpu);
        boolean there = KernelCalls.cpu() == cpu;
        long begin = time.nanos();
        result = FixedLoop.run(seed);
        long end = time.nanos();
        if (there && KernelCalls.cpu() == cpu) {
            log.add(end, end - begin, cpu);
        }
    }
}
