package io.gpushare.cores;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostCoresTest {
    @TempDir
    Path root;

    private MadeUpHost host;

    @BeforeEach
    void makeUp() {
        host = new MadeUpHost(root);
    }

    @Test
    void aProcessorWithoutSiblingsIsACore() throws IOException {
        host.allows("0-3").online("0-3").cores("0", "1", "2", "3").node(0, "0-3");
        assertThat(host.words()).isEqualTo("0 1 2 3");
    }

    @Test
    void hyperThreadsAreOneCoreWhereverTheirNumbersLie() throws IOException {
        host.allows("0-7").online("0-7").cores("0,4", "1,5", "2-3", "6-7");
        assertThat(host.words()).isEqualTo("0,4 1,5 2-3 6-7");
        assertThat(host.cores().cpus()).isEqualTo(8);
    }

    @Test
    void knowsTheNodeOfEachCore() throws IOException {
        host.allows("0-7")
                .online("0-7")
                .cores("0,4", "1,5", "2,6", "3,7")
                .node(0, "0-1,4-5")
                .node(1, "2-3,6-7");
        assertThat(host.words()).isEqualTo("0,4 1,5 2,6@1 3,7@1");
    }

    @Test
    void aContainerHasWhatItMayUse() throws IOException {
        host.allows("5,9").online("0-15").cores("0,8", "1,9", "2,10", "3,11", "4,12", "5,13", "6,14", "7,15");
        assertThat(host.words()).isEqualTo("5 9");
        assertThat(host.cores().cpus()).isEqualTo(2);
    }

    @Test
    void leavesOutProcessorsThatAreSwitchedOffOrNeverWereThere() throws IOException {
        host.allows("0-127").online("0-1,3,6-7").cores("0,4", "1", "3,7", "6").node(0, "0-7");
        assertThat(host.words()).isEqualTo("0 1 3,7 6");
    }

    @Test
    void takesEachProcessorForACoreWhereNothingIsSaidOfThem() throws IOException {
        host.allows("2-3,8");
        assertThat(host.words()).isEqualTo("2 3 8");
    }

    @Test
    void noProcessorIsInTwoCoresWhateverTheKernelSays() throws IOException {
        host.allows("0-2").online("nonsense").cores("0-2");
        Files.writeString(root.resolve("sys/devices/system/cpu/cpu0/topology/thread_siblings_list"), "0-1\n");
        assertThat(host.words()).isEqualTo("0-1 2");
    }

    @Test
    void isAbsentWhereTheKernelSaysNothing() {
        assertThat(host.words()).contains("does not say on which cores programs may run");
    }

    @Test
    void readsThisMachine() {
        HostCores cores = HostCores.read(Path.of("/")).asOptional().orElseThrow();
        assertThat(cores.cpus()).isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void putsCoresThatAreSlowedLastAndKeepsTheFirst() {
        HostCores host = new HostCores(IntStream.range(0, 5)
                .mapToObj(cpu -> new HostCores.Core(CpuSet.of(List.of(cpu, cpu + 5)), 0))
                .toList());

        assertThat(host.withLast(Set.of(0, 7, 3)).cores())
                .extracting(core -> core.cpus().numbers().first())
                .containsExactly(0, 1, 4, 2, 3);
        assertThat(host.withLast(Set.of())).isEqualTo(host);
    }
}
