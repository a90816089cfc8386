package io.gpushare.runtime.attached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.plan.AttachedTenant;
import io.gpushare.process.ProcessTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a made-up /proc, in which gpushare is process 50, started by shell 40. */
final class HostAttachingTest {
    private static final long PROGRAM = 0x400000;
    private static final long KERNEL = 0x208040;

    @TempDir
    Path proc;

    private HostAttaching attaching;

    @BeforeEach
    void begin() throws IOException {
        process(1, "init", 'S', 0, 1, PROGRAM, 1);
        process(40, "bash", 'S', 1, 30, PROGRAM, 400);
        process(50, "java", 'S', 40, 30, PROGRAM, 500);
        process(60, "train (v2)", 'S', 1, 60, PROGRAM, 600);
        attaching = new HostAttaching(new ProcessTable(proc), 50, name -> {
            throw new AssertionError("no container is asked for");
        });
    }

    private void process(int pid, String name, char state, int parent, int session, long flags, long start)
            throws IOException {
        Path folder = Files.createDirectories(proc.resolve(Integer.toString(pid)));
        Files.writeString(
                folder.resolve("stat"),
                "%d (%s) %c %d %d %d 0 -1 %d 0 0 0 0 0 0 0 0 20 0 1 0 %d 0 0"
                        .formatted(pid, name, state, parent, pid, session, flags, start));
        Files.writeString(folder.resolve("comm"), name + "\n");
        Files.writeString(folder.resolve("status"), "Name:\tx\nTgid:\t" + pid + "\n");
    }

    private void gone(int pid) throws IOException {
        for (String file : Set.of("stat", "comm", "status")) {
            Files.delete(proc.resolve(pid + "/" + file));
        }
    }

    private AttachedProgram attach(int pid) throws InterruptedException {
        return attaching.attach(AttachedTenant.parse(Integer.toString(pid)));
    }

    private void assertRefused(int pid, ExitStatus status, String sentence) {
        assertThatExceptionOfType(GpushareException.class)
                .isThrownBy(() -> attach(pid))
                .withMessageContaining(sentence)
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(status));
    }

    @Test
    void watchesAProcessWithAllThatItStarted() throws Exception {
        process(61, "worker", 'S', 60, 60, PROGRAM, 610);
        process(62, "loader", 'S', 61, 62, PROGRAM, 620);

        AttachedProgram program = attach(60);

        assertThat(program.name()).isEqualTo("train (v2)");
        assertThat(program.processes()).containsExactly(60, 61, 62);
        assertThat(program.whyGone()).isEmpty();
    }

    @Test
    void remembersAChildThatOutlivesItsParentAndNobodyWhoGetsItsNumber() throws Exception {
        process(61, "worker", 'S', 60, 60, PROGRAM, 610);
        process(62, "loader", 'S', 61, 60, PROGRAM, 620);
        AttachedProgram program = attach(60);
        assertThat(program.processes()).contains(61, 62);

        process(62, "loader", 'S', 1, 60, PROGRAM, 620);
        process(61, "stranger", 'S', 1, 99, PROGRAM, 900);

        assertThat(program.processes()).containsExactly(60, 62);
    }

    @Test
    void noticesThatItEnded() throws Exception {
        AttachedProgram program = attach(60);
        process(60, "train (v2)", 'Z', 1, 60, PROGRAM, 600);
        assertThat(program.whyGone()).contains("it ended");
        gone(60);
        assertThat(program.whyGone()).contains("it ended");
        assertThat(program.processes()).isEmpty();
    }

    @Test
    void noticesThatItsNumberIsAnothersNow() throws Exception {
        AttachedProgram program = attach(60);
        process(60, "train (v2)", 'S', 1, 60, PROGRAM, 601);
        assertThat(program.whyGone()).contains("it ended, and another process has its number");
        assertThat(program.processes()).isEmpty();
    }

    @Test
    void oneThatIsNotThereOrHasEndedIsRefused() throws Exception {
        assertRefused(77, ExitStatus.UNABLE, "there is no process 77");
        process(78, "dead", 'Z', 1, 78, PROGRAM, 780);
        assertRefused(78, ExitStatus.UNABLE, "there is no process 78");
    }

    @Test
    void gpushareItselfWhatStartedItAndWhatItStartedAreRefused() throws Exception {
        process(51, "helper", 'S', 50, 51, PROGRAM, 510);
        assertRefused(50, ExitStatus.USAGE, "gpushare itself");
        assertRefused(40, ExitStatus.USAGE, "gpushare itself");
        assertRefused(1, ExitStatus.USAGE, "gpushare itself");
        assertRefused(51, ExitStatus.USAGE, "was started by gpushare itself");
    }

    /** Accounts of a process take in those of its session. */
    @Test
    void theLeaderOfOurSessionIsRefusedThoughItIsNoParentOfOurs() throws Exception {
        process(30, "login", 'S', 1, 30, PROGRAM, 300);
        assertRefused(30, ExitStatus.USAGE, "in the session of process 30");
    }

    @Test
    void partsOfTheKernelAndThreadsAreNoPrograms() throws Exception {
        process(9, "kworker/0:1", 'I', 2, 0, KERNEL, 3);
        assertRefused(9, ExitStatus.USAGE, "is a part of the kernel (kworker/0:1)");
        process(63, "train", 'S', 1, 60, PROGRAM, 600);
        Files.writeString(proc.resolve("63/status"), "Name:\tx\nTgid:\t60\n");
        assertRefused(63, ExitStatus.USAGE, "63 is a thread of process 60");
    }

    @Test
    void aContainerInWhichGpushareRunsIsRefusedAndLetGoOf() {
        boolean[] closed = {false};
        HostAttaching fromInside = new HostAttaching(new ProcessTable(proc), 50, name -> new FakeProgram(name) {
            @Override
            public Set<Integer> processes() {
                return Set.of(50);
            }

            @Override
            public void close() {
                closed[0] = true;
            }
        });
        assertThatExceptionOfType(GpushareException.class)
                .isThrownBy(() -> fromInside.attach(AttachedTenant.parse("container:dev")))
                .withMessageContaining("container dev is gpushare itself");
        assertThat(closed[0]).isTrue();
    }
}
