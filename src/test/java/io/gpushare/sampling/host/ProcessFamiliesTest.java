package io.gpushare.sampling.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.gpushare.reading.Reading;
import io.gpushare.sampling.host.HostCounters.Switches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessFamiliesTest {
    @TempDir
    private Path proc;

    /** @param ticks of its own, and of its children that have ended */
    private void process(int pid, int parent, int session, String state, int ticks, int ended) throws IOException {
        Path folder = Files.createDirectories(proc.resolve(pid + "/task"));
        Files.writeString(
                folder.resolveSibling("stat"),
                "%d (a ) b) %s %d 1 %d 0 -1 0 0 0 0 0 %d 0 0 %d 20 0 1 0 77 0 0\n"
                        .formatted(pid, state, parent, session, ticks, ended));
    }

    private void thread(int pid, int thread, int voluntary, int involuntary) throws IOException {
        Path folder = Files.createDirectories(proc.resolve(pid + "/task/" + thread));
        Files.writeString(
                folder.resolve("status"),
                "Name:\tx\nvoluntary_ctxt_switches:\t" + voluntary + "\nnonvoluntary_ctxt_switches:\t" + involuntary
                        + "\n");
    }

    private void ends(int pid) throws IOException {
        Files.delete(proc.resolve(pid + "/stat"));
    }

    private Reading<HostCounters> use(Integer... known) {
        return ProcessFamilies.look(proc).use(Set.of(known));
    }

    private HostCounters taken(Integer... known) {
        return use(known).asOptional().orElseThrow();
    }

    @Test
    void addsUpAllThreadsOfAllProcesses() throws IOException {
        process(10, 1, 10, "S", 150, 0);
        thread(10, 10, 7, 1);
        thread(10, 11, 20, 2);
        process(20, 1, 20, "S", 25, 0);
        thread(20, 20, 300, 3);
        process(30, 1, 30, "S", 9_999, 0);
        HostCounters first = taken(10, 20);
        assertThat(first.cpuS()).isCloseTo(1.75, offset(1e-9));
        assertThat(first.switches()).isEqualTo(Reading.of(new Switches(327, 6)));

        process(20, 1, 20, "S", 100, 0);
        thread(20, 20, 310, 9);
        HostCounters between = taken(10, 20).minus(first);
        assertThat(between.cpuS()).isCloseTo(0.75, offset(1e-9));
        assertThat(between.switches()).isEqualTo(Reading.of(new Switches(10, 6)));
    }

    @Test
    void countsWhatCameLaterInItsSessionBelowItAndUnburied() throws IOException {
        process(10, 1, 10, "S", 100, 0);
        HostCounters first = taken(10);

        process(11, 1, 10, "S", 50, 0); // Its parent has ended.
        process(12, 10, 12, "S", 30, 0); // In a session of its own.
        process(13, 12, 12, "Z", 20, 0); // Ended, and nobody has asked yet.
        assertThat(taken(10).minus(first).cpuS()).isCloseTo(1.0, offset(1e-9));
    }

    @Test
    void losesNothingOfProgramsThatEndedAndWereWaitedFor() throws IOException {
        process(10, 1, 10, "S", 100, 0);
        thread(10, 10, 5, 0);
        process(11, 10, 10, "S", 70, 0);
        HostCounters first = taken(10, 11);

        ends(11);
        process(10, 1, 10, "S", 110, 270); // 11 went on to 90, and others came and went.
        HostCounters between = taken(10, 11).minus(first);
        assertThat(between.cpuS()).isCloseTo(2.1, offset(1e-9));
        assertThat(between.switches().whyAbsent().orElseThrow().reason())
                .contains("programs that it started ended in the measured time");
    }

    @Test
    void isAbsentRatherThanTooSmall() throws IOException {
        assertThat(use(10).whyAbsent().orElseThrow().reason()).contains("none of its processes is there");
        process(10, 1, 10, "S", 1, 0);
        thread(10, 10, 9, 9);
        HostCounters first = taken(10);
        thread(10, 10, 1, 9);
        assertThat(taken(10).minus(first).switches().whyAbsent().orElseThrow().reason())
                .contains("some of its threads ended");
        Files.writeString(proc.resolve("10/task/10/status"), "Name:\tx\n");
        assertThat(taken(10).switches().whyAbsent().orElseThrow().reason()).contains("no voluntary_ctxt_switches:");
    }

    @Test
    void addsUpHowLongThreadsWaitedForACore() throws IOException {
        process(10, 1, 10, "S", 1, 0);
        thread(10, 10, 0, 0);
        thread(10, 11, 0, 0);
        waited(10, 10, 5_000_000);
        waited(10, 11, 1_000_000);
        HostCounters first = taken(10);
        assertThat(first.waitedNanos()).isEqualTo(Reading.of(6_000_000L));

        waited(10, 11, 4_000_000);
        assertThat(taken(10).minus(first).waitedNanos()).isEqualTo(Reading.of(3_000_000L));
        waited(10, 10, 0);
        assertThat(taken(10)
                        .minus(first)
                        .waitedNanos()
                        .whyAbsent()
                        .orElseThrow()
                        .reason())
                .contains("some of its threads ended");

        Files.delete(proc.resolve("10/task/11/schedstat"));
        assertThat(taken(10).waitedNanos().whyAbsent().orElseThrow().reason()).contains("schedstat");
        assertThat(taken(10).switches()).isEqualTo(Reading.of(new Switches(0, 0)));
    }

    private void waited(int pid, int thread, long nanos) throws IOException {
        Files.writeString(proc.resolve(pid + "/task/" + thread + "/schedstat"), "77 " + nanos + " 3\n");
    }

    @Test
    void countsAShortProgramThatAShellRan() throws Exception {
        String busy = "sh -c 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done'";
        Process shell = new ProcessBuilder("sh", "-c", "read go; " + busy + "; echo; read end").start();
        try {
            Path real = Path.of("/proc");
            int pid = Math.toIntExact(shell.pid());
            HostCounters before =
                    ProcessFamilies.look(real).use(Set.of(pid)).asOptional().orElseThrow();
            shell.outputWriter().write("go\n");
            shell.outputWriter().flush();
            assertThat(shell.inputReader().readLine()).isEmpty();

            HostCounters taken = ProcessFamilies.look(real)
                    .use(Set.of(pid))
                    .asOptional()
                    .orElseThrow()
                    .minus(before);
            assertThat(taken.cpuS()).isGreaterThan(0.03);
            assertThat(taken.endedCpuS()).isGreaterThan(0.03);
        } finally {
            shell.destroyForcibly();
        }
    }

    @Test
    void readsAControlGroupWhereThereIsOne() throws IOException {
        Path memory = Files.createDirectories(proc.resolve("memory"));
        Path cpu = Files.createDirectories(proc.resolve("cpuacct"));
        assertThat(ControlGroup.cpuSeconds(List.of()).asOptional()).isEmpty();
        assertThat(ControlGroup.cpuSeconds(List.of(memory, cpu)).asOptional()).isEmpty();
        Files.writeString(cpu.resolve("cpuacct.usage"), "2500000000\n");
        assertThat(ControlGroup.cpuSeconds(List.of(memory, cpu))).isEqualTo(Reading.of(2.5));
    }
}
