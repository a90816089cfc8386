package io.gpushare.sampling.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTest {
    private static final long SECOND = 1_000_000_000;

    @TempDir
    private Path proc;

    private long now;

    private void file(String name, String text) throws IOException {
        Path file = proc.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static double value(Reading<Double> reading) {
        return reading.asOptional().orElseThrow();
    }

    @Test
    void tellsHowBusyEachCoreWasSinceTheLastLook() throws IOException {
        HostCpu cpu = new HostCpu(proc, () -> now);
        file("stat", """
            cpu  1000 0 500 8000 500 0 0 0 0 0
            cpu0 500 0 250 4000 250 0 0 0 0 0
            cpu1 500 0 250 4000 250 0 0 0 0 0
            intr 12345 0 0
            ctxt 100000
            btime 1795000000
            """);
        assertThat(cpu.next()).isEqualTo(Reading.absent(Absence.Kind.NO_DATA));
        now += 2 * SECOND;
        file("stat", """
            cpu  1100 10 540 8200 540 3 0 7 0 0
            cpu0 600 10 290 4000 290 3 0 7 0 0
            cpu1 500 0 250 4200 250 0 0 0 0 0
            intr 12345 0 0
            ctxt 104000
            """);
        HostCpu.Use use = cpu.next().asOptional().orElseThrow();
        assertThat(use.busyPercent()).isCloseTo(100.0 * 160 / 400, offset(1e-9));
        assertThat(value(use.busyPercent("cpu0"))).isCloseTo(80, offset(1e-9));
        assertThat(value(use.busyPercent("cpu1"))).isZero();
        assertThat(use.busyPercent("cpu2").asOptional()).isEmpty();
        assertThat(use.contextSwitchesPerS()).isEqualTo(2000);
        assertThat(use.stolenPercent()).isCloseTo(100.0 * 7 / 400, offset(1e-9));
    }

    @Test
    void countsAGuestsTimeOnce() {
        CpuTimes times = CpuTimes.parse("cpu  100 0 0 100 0 0 0 0 60 0\ncpu0 100 0 0 100 0 0 0 0 60 0\nctxt 1\n");
        assertThat(times.all().busy()).isEqualTo(100);
        assertThat(times.all().total()).isEqualTo(200);
    }

    @Test
    void readsMemoryAndLoad() throws IOException {
        file("meminfo", """
            MemTotal:       263831148 kB
            MemFree:        12345678 kB
            MemAvailable:   200000000 kB
            HugePages_Total:       0
            """);
        file("loadavg", "12.50 8.00 4.00 3/1234 56789\n");
        HostFiles host = new HostFiles(proc);
        HostMemory memory = host.memory().asOptional().orElseThrow();
        assertThat(memory.totalBytes()).isEqualTo(263_831_148L * 1024);
        assertThat(memory.usedBytes()).isEqualTo(63_831_148L * 1024);
        assertThat(value(host.load1m())).isEqualTo(12.5);
    }

    @Test
    void namesTheFileThatIsMissingOrBroken() throws IOException {
        HostFiles host = new HostFiles(proc);
        assertThat(host.memory().whyAbsent().orElseThrow().reason()).contains("meminfo");
        file("loadavg", "");
        assertThat(host.load1m().whyAbsent().orElseThrow().reason()).contains("loadavg");
        file("meminfo", "MemTotal: lots kB\n");
        assertThat(host.memory().whyAbsent().orElseThrow().kind()).isEqualTo(Absence.Kind.FAILED);
    }

    @Test
    void readsProcessesWhoseNamesLookLikeFields() {
        String rest = " S 1 2 3 4 5 6 7 8 9 10 250 50 13 14 20 0 4 0 987654 1000 200 0";
        for (String name : new String[] {"python3", "(a) b)", "a b c 1 2 3", ") S 1 (", ""}) {
            ProcessStat stat = ProcessStat.parse("4711 (" + name + ")" + rest + "\n");
            assertThat(stat.cpuSeconds()).isEqualTo(3.0);
            assertThat(stat.parent()).isEqualTo(1);
        }
    }

    @Test
    void readsThisMachine() {
        Path real = Path.of("/proc");
        HostIdentity identity = HostIdentity.read(real);
        assertThat(identity.cpuCount().asOptional().orElseThrow()).isPositive();
        assertThat(identity.memoryTotalBytes().asOptional().orElseThrow()).isPositive();
    }
}
