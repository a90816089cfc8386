package io.gpushare.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.gpushare.analysis.CoreLoops;
import io.gpushare.process.KernelCalls;
import io.gpushare.time.Task;
import io.gpushare.time.Time;
import io.gpushare.time.VirtualTime;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Of a program that is this one. */
@Timeout(60)
final class ProgramWitnessTest {
    private static final Path PROC = Path.of("/proc");
    private static final Set<Integer> OURSELVES =
            Set.of(Math.toIntExact(ProcessHandle.current().pid()));

    private final Time time = Time.real();
    private final AtomicLong spunNanos = new AtomicLong();

    private ProgramWitness witness(Set<Integer> processes) {
        return new ProgramWitness(List.of(processes), PROC, time);
    }

    @Test
    void timesLoopsWhereABusyThreadRuns() throws InterruptedException {
        AtomicBoolean busy = new AtomicBoolean(true);
        AtomicInteger lastCpu = new AtomicInteger();
        Task spinning = time.start("spinning", () -> {
            while (busy.get()) {
                lastCpu.set(KernelCalls.cpu());
                spunNanos.set(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
            }
        });
        long begin = time.nanos();
        try (ProgramWitness witness = witness(OURSELVES)) {
            witness.start();
            Optional<CoreLoops> seen = Optional.empty();
            while (seen.map(loops -> loops.nanos().size()).orElse(0) < 5 && time.nanos() - begin < 30e9) {
                time.sleep(Duration.ofMillis(50));
                seen = witness.between(0, begin, time.nanos());
            }
            if (seen.isEmpty()) {
                assumeThat(spunNanos.get() / (double) (time.nanos() - begin))
                        .as("share of a core that this machine had for a busy thread")
                        .isGreaterThan(0.4);
            }
            assertThat(seen).hasValueSatisfying(loops -> {
                assertThat(loops.witnessed()).isTrue();
                assertThat(loops.core()).isPresent();
                assertThat(loops.nanos()).allMatch(nanos -> nanos > 1_000);
            });
            assertThat(witness.between(0, begin - 2, begin)).isEmpty();

            witness.leave(0);
            assertThat(witness.between(0, begin, time.nanos())).isEmpty();
        } finally {
            busy.set(false);
            spinning.join();
        }
    }

    @Test
    void leavesNoThreadBehind() {
        ProgramWitness witness = witness(OURSELVES);
        witness.start();
        witness.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("witness of cores", "finder of busy threads");
    }

    @Test
    void doesNothingForProgramsThatCannotBeSeen() {
        try (ProgramWitness witness = witness(Set.of())) {
            witness.start();
            assertThat(witness.between(0, Long.MIN_VALUE / 2, Long.MAX_VALUE / 2))
                    .isEmpty();
        }
    }

    @Test
    void doesNothingInATimeThatIsNotTheWorlds() {
        VirtualTime virtual = new VirtualTime();
        try (ProgramWitness witness = new ProgramWitness(List.of(OURSELVES), PROC, virtual)) {
            witness.start();
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .doesNotContain("witness of cores");
        }
    }
}
