package io.gpushare.sampling.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads of two processes, in a made-up {@code /proc}. */
class BusiestThreadTest {
    private static final long SECOND = 1_000_000_000;

    @TempDir
    private Path proc;

    private BusiestThread busiest;

    @BeforeEach
    void begin() throws IOException {
        busiest = new BusiestThread(proc, Set.of(10, 20));
        thread(10, 10, 500, 0);
        thread(10, 11, 100, 1);
        thread(20, 20, 0, 2);
        busiest.look(0);
    }

    @AfterEach
    void end() {
        busiest.close();
    }

    private void thread(int process, int thread, int ticks, int cpu) throws IOException {
        Path folder = proc.resolve(process + "/task/" + thread);
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("stat"),
                thread + " (a (b) c) R 1 2 3 4 5 6 7 8 9 10 " + ticks + " 0 0 0 20 0 4 0 987654 1000 200 0"
                        + " 0 0 0 0 0 0 0 0 0 0 0 0 17 " + cpu + " 0 0 0 0 0\n");
    }

    @Test
    void knowsNothingBeforeTheSecondLook() {
        assertThat(busiest.cpu()).isEmpty();
    }

    @Test
    void followsTheThreadThatDidMostSinceTheLastLook() throws IOException {
        thread(10, 10, 510, 0);
        thread(10, 11, 190, 5);
        thread(20, 20, 40, 2);
        busiest.look(SECOND);
        assertThat(busiest.cpu()).hasValue(5);

        thread(10, 11, 190, 6);
        assertThat(busiest.cpu()).hasValue(6);

        thread(20, 20, 140, 3);
        busiest.look(2 * SECOND);
        assertThat(busiest.cpu()).hasValue(3);
    }

    @Test
    void leavesProgramsAloneThatHardlyUseACore() throws IOException {
        thread(20, 20, 20, 2);
        busiest.look(SECOND);
        assertThat(busiest.cpu()).isEmpty();
    }

    @Test
    void knowsNothingOfAThreadThatHasEnded() throws IOException {
        thread(10, 11, 190, 5);
        busiest.look(SECOND);
        Files.writeString(proc.resolve("10/task/11/stat"), "");
        assertThat(busiest.cpu()).isEmpty();
        Files.delete(proc.resolve("10/task/11/stat"));
        busiest.look(2 * SECOND);
        assertThat(busiest.cpu()).isEmpty();
    }
}
