package io.gpushare.sampling.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.gpushare.gpu.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessSetUseTest {
    @TempDir
    private Path proc;

    private void process(int pid, int userTicks, int systemTicks) throws IOException {
        Path folder = Files.createDirectories(proc.resolve(pid + "/task"));
        Files.writeString(
                folder.resolveSibling("stat"),
                pid + " (a ) b) S 1 1 1 0 -1 0 0 0 0 0 " + userTicks + " " + systemTicks + " 0 0 20 0 1 0 77 0 0\n");
    }

    private void thread(int pid, int thread, int voluntary, int involuntary) throws IOException {
        Path folder = Files.createDirectories(proc.resolve(pid + "/task/" + thread));
        Files.writeString(
                folder.resolve("status"),
                "Name:\tx\nvoluntary_ctxt_switches:\t" + voluntary + "\nnonvoluntary_ctxt_switches:\t" + involuntary
                        + "\n");
    }

    private Reading<HostCounters> read(Integer... pids) {
        return ProcessSetUse.read(proc, Set.of(pids));
    }

    @Test
    void addsUpAllThreadsOfAllProcesses() throws IOException {
        process(10, 100, 50);
        thread(10, 10, 7, 1);
        thread(10, 11, 20, 2);
        process(20, 25, 0);
        thread(20, 20, 300, 3);
        HostCounters first = read(10, 20).asOptional().orElseThrow();
        assertThat(first.cpuS()).isCloseTo(1.75, offset(1e-9));
        assertThat(first.voluntarySwitches()).isEqualTo(327);
        assertThat(first.involuntarySwitches()).isEqualTo(6);

        process(20, 75, 25);
        thread(20, 20, 310, 9);
        HostCounters between = read(10, 20).asOptional().orElseThrow().minus(first);
        assertThat(between.cpuS()).isCloseTo(0.75, offset(1e-9));
        assertThat(between.voluntarySwitches()).isEqualTo(10);
        assertThat(between.involuntarySwitches()).isEqualTo(6);
    }

    @Test
    void isAbsentRatherThanTooSmall() throws IOException {
        process(10, 1, 1);
        thread(10, 10, 1, 1);
        assertThat(read(10).asOptional()).isPresent();
        assertThat(read(10, 11).whyAbsent().orElseThrow().reason()).contains("/11/stat");
        assertThat(read().asOptional()).isEmpty();
        Files.writeString(proc.resolve("10/task/10/status"), "Name:\tx\n");
        assertThat(read(10).whyAbsent().orElseThrow().reason()).contains("no voluntary_ctxt_switches:");
    }

    @Test
    void readsItselfInLessThanAMillisecondAThread() {
        int self = (int) ProcessHandle.current().pid();
        Path real = Path.of("/proc");
        HostCounters before =
                ProcessSetUse.read(real, Set.of(self)).asOptional().orElseThrow();
        long start = System.nanoTime();
        int looks = 20;
        for (int i = 0; i < looks; i++) {
            ProcessSetUse.read(real, Set.of(self));
        }
        double millis = (System.nanoTime() - start) / 1e6 / looks;
        assertThat(millis).isLessThan(Thread.getAllStackTraces().size() + 20.0);
        HostCounters taken = ProcessSetUse.read(real, Set.of(self))
                .asOptional()
                .orElseThrow()
                .minus(before);
        assertThat(taken.cpuS()).isNotNegative();
    }
}
