package io.gpushare.witness;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.cores.CpuSet;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On this machine. */
@Timeout(60)
final class HostWatchTest {
    private static final Duration FOREVER = Duration.ofHours(1);
    private static final int NO_CPU = 8191;

    private final HostWatch watch = new HostWatch(Path.of("/"), Time.real());

    private static CpuSet allowed() {
        return CpuSet.allowedTo(Path.of("/proc/self")).orElseThrow();
    }

    private static boolean waits(Duration wait) throws InterruptedException {
        Time.real().sleep(wait);
        return false;
    }

    @Test
    void watchesAllProcessorsAtOnce() throws InterruptedException {
        HostWatch.Seen seen = watch.watch(allowed(), Duration.ofMillis(400), HostWatchTest::waits);

        assertThat(seen.endedEarly()).isFalse();
        assertThat(seen.seconds()).isGreaterThanOrEqualTo(0.4);
        assertThat(seen.cpus())
                .extracting(SeenCpu::cpu)
                .containsExactlyElementsOf(allowed().numbers());
        // A busy machine ends the watch later, and a loop comes with its begin.
        int most = (int) (seen.seconds() / CoreWitness.PERIOD.toNanos() * 1e9) + 1;
        assertThat(seen.cpus()).allSatisfy(cpu -> {
            assertThat(cpu.loopNanos()).hasSizeBetween(1, most).allMatch(nanos -> nanos > 1_000);
            assertThat(cpu.usedPercent().asOptional()).isPresent();
            assertThat(cpu.stolenPercent().asOptional()).isPresent();
        });
    }

    @Test
    void endsEarlyAndKeepsWhatItSaw() throws InterruptedException {
        Set<Long> before = threads();
        HostWatch.Seen seen = watch.watch(allowed(), FOREVER, wait -> {
            Time.real().sleep(Duration.ofMillis(300));
            return true;
        });

        assertThat(seen.endedEarly()).isTrue();
        assertThat(seen.seconds()).isLessThan(50);
        assertThat(seen.cpus()).anySatisfy(cpu -> assertThat(cpu.loopNanos()).isNotEmpty());
        assertThat(threads()).isSubsetOf(before);
    }

    private static Set<Long> threads() {
        Set<Long> witnesses = new TreeSet<>();
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("witness"))
                .forEach(thread -> witnesses.add(thread.threadId()));
        return witnesses;
    }

    @Test
    void hasNothingToSayOfAProcessorOnWhichItMayNotRun() throws InterruptedException {
        HostWatch.Seen seen = watch.watch(CpuSet.of(List.of(NO_CPU)), Duration.ofMillis(100), HostWatchTest::waits);

        assertThat(seen.cpus()).singleElement().satisfies(cpu -> {
            assertThat(cpu.loopNanos()).isEmpty();
            assertThat(cpu.usedPercent().asOptional()).isEmpty();
        });
    }
}
