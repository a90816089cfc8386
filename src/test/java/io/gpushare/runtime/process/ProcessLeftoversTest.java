package io.gpushare.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.process.ProcessTable;
import io.gpushare.process.RunOwner;
import io.gpushare.runtime.Leftover;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProcessLeftoversTest {
    private final ProcessLeftovers leftovers = new ProcessLeftovers(Path.of("/proc"));

    @TempDir
    Path folder;

    private List<Leftover> of(String run) {
        return leftovers.find().stream()
                .filter(leftover -> leftover.runId().equals(run))
                .toList();
    }

    private int pidIn(String name) throws Exception {
        Path file = folder.resolve(name);
        long giveUp = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (file.toFile().length() == 0) {
            assertThat(System.nanoTime()).as("nothing is written to " + file).isLessThan(giveUp);
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
        return Integer.parseInt(Files.readString(file).strip());
    }

    private static boolean lives(int pid) {
        return ProcessTable.ofThisMachine().find(pid).isPresent();
    }

    @Test
    void findsAndEndsWhatAKilledGpushareLeftBehind() throws Exception {
        String script = "env -i sh -c 'echo $$ > bare; exec sleep 600' & exec sleep 601";
        Process owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OwnerProcess.class.getName(),
                        folder.toString(),
                        script)
                .start();
        String run;
        int bare;
        try (BufferedReader said = owner.inputReader(StandardCharsets.UTF_8)) {
            run = said.readLine();
            bare = pidIn("bare");
            assertThat(of(run))
                    .isNotEmpty()
                    .allSatisfy(leftover -> assertThat(leftover.ownerState()).isEqualTo(RunOwner.State.RUNNING));
        } finally {
            owner.destroyForcibly(); // SIGKILL: nothing is cleaned up.
            owner.waitFor();
        }

        Leftover left = of(run).getFirst();
        assertThat(left.kind()).isEqualTo("process");
        assertThat(left.name()).endsWith("sleep 601");
        assertThat(left.ownerState()).isEqualTo(RunOwner.State.GONE);
        assertThat(lives(bare)).isTrue();

        leftovers.remove(new Leftover(left.kind(), left.id() + "9", left.name(), run, left.owner()));
        assertThat(of(run)).as("another start time is another process").isNotEmpty();
        leftovers.remove(left);

        assertThat(of(run)).isEmpty();
        assertThat(lives(bare))
                .as("a child without the marks, in the same session")
                .isFalse();
        leftovers.remove(left);
    }

    @Test
    void aProcessOfAnotherNamespaceBelongsToItsContainer() throws Exception {
        for (int pid : List.of(70, 71)) {
            Path process = Files.createDirectories(folder.resolve(pid + "/ns"));
            Files.createSymbolicLink(process.resolve("pid"), Path.of("pid:[" + pid + "]"));
            Files.writeString(
                    process.resolveSibling("stat"), pid + " (sleep) S 1 1 5 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 77 0 0\n");
            Files.writeString(process.resolveSibling("environ"), "GPUSHARE_RUN_ID=r\0GPUSHARE_OWNER=nonsense\0");
            Files.writeString(process.resolveSibling("cmdline"), "sleep\0" + "6".repeat(200) + "\0");
        }
        Files.createDirectories(folder.resolve("self/ns"));
        Files.createSymbolicLink(folder.resolve("self/ns/pid"), Path.of("pid:[70]"));

        List<Leftover> found = new ProcessLeftovers(folder).find();

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().id()).isEqualTo("70/77");
        assertThat(found.getFirst().name()).hasSizeLessThan(90).endsWith("6…");
        assertThat(found.getFirst().ownerState()).isEqualTo(RunOwner.State.UNKNOWN);
    }
}
