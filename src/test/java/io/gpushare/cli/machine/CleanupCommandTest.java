package io.gpushare.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.cli.CapturedConsole;
import io.gpushare.cli.CommandTree;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.process.Command;
import io.gpushare.process.CommandRunner;
import io.gpushare.process.RunOwner;
import io.gpushare.runtime.Leftover;
import io.gpushare.runtime.LeftoverSource;
import io.gpushare.text.Shell;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CleanupCommandTest {
    private static final RunOwner US = RunOwner.current();
    private static final RunOwner GONE = new RunOwner(US.pid(), "1", US.boot(), US.pidNamespace());

    @TempDir
    Path folder;

    private final CapturedConsole captured = CapturedConsole.piped();
    private final FakeSource processes = new FakeSource("processes");
    private final FakeSource containers = new FakeSource("containers");

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("cleanup", "--out", folder.toString()));
        all.addAll(List.of(arguments));
        return CommandTree.of(
                        captured.console, List.of(new CleanupCommand(captured.console, List.of(containers, processes))))
                .execute(all.toArray(String[]::new));
    }

    /** A place with a memory; what it cannot remove stays. */
    private static final class FakeSource implements LeftoverSource {
        final String what;
        final List<Leftover> there = new ArrayList<>();
        Optional<String> unreachable = Optional.empty();
        Optional<String> stuck = Optional.empty();

        FakeSource(String what) {
            this.what = what;
        }

        void has(String id, Optional<RunOwner> owner) {
            there.add(new Leftover(what.equals("processes") ? "process" : "container", id, "name-" + id, "r1", owner));
        }

        @Override
        public String what() {
            return what;
        }

        @Override
        public List<Leftover> find() {
            unreachable.ifPresent(FakeSource::fail);
            return List.copyOf(there);
        }

        private static void fail(String sentence) {
            throw new GpushareException(ExitStatus.UNABLE, sentence, null);
        }

        @Override
        public void remove(Leftover leftover) {
            stuck.ifPresent(FakeSource::fail);
            there.remove(leftover);
        }
    }

    @Test
    void saysSoWhenThereIsNothingToDo() {
        assertThat(run()).isZero();
        assertThat(captured.out()).isEqualTo("Nothing to clean up.\n");
        assertThat(captured.err()).isEmpty();
    }

    @Test
    void doesNotWaitForAPipeThatIsNamedAsAJournal() throws Exception {
        new CommandRunner(System.getenv())
                .run(Command.of("mkfifo", folder.resolve("x.journal.jsonl").toString())
                        .timeout(Duration.ofSeconds(10)))
                .requireSuccess("make a pipe");
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> run());
        assertThat(captured.out()).isEqualTo("Nothing to clean up.\n");
    }

    @Test
    void removesWhatNobodyOwnsAndKeepsTheRestWithAReason() {
        processes.has("1/2", Optional.of(GONE));
        processes.has("3/4", Optional.of(US));
        containers.has("abc", Optional.of(GONE));
        containers.has("def", Optional.empty());

        assertThat(run()).isZero();

        assertThat(captured.out().lines())
                .containsExactly(
                        "removed container name-abc of run r1",
                        "removed process name-1/2 of run r1",
                        "kept container name-def of run r1: whether its gpushare runs cannot be seen from here; --all"
                                + " removes it too",
                        "kept process name-3/4 of run r1: its gpushare (pid " + US.pid() + ") runs");
        assertThat(processes.there).extracting(Leftover::id).containsExactly("3/4");
        assertThat(containers.there).extracting(Leftover::id).containsExactly("def");
    }

    @Test
    void allIncludesTheUnknownButNeverARunThatGoesOn() {
        containers.has("abc", Optional.empty());
        containers.has("def", Optional.of(US));
        assertThat(run("--all")).isZero();
        assertThat(containers.there).extracting(Leftover::id).containsExactly("def");
    }

    @Test
    void aDryRunRemovesNothing() {
        processes.has("1/2", Optional.of(GONE));
        assertThat(run("--dry-run")).isZero();
        assertThat(captured.out()).isEqualTo("would remove process name-1/2 of run r1\n");
        assertThat(processes.there).hasSize(1);
    }

    @Test
    void cleansProcessesAlsoWhenTheEngineIsAway() {
        containers.unreachable = Optional.of("the Docker engine does not answer");
        processes.has("1/2", Optional.of(GONE));
        assertThat(run()).isZero();
        assertThat(captured.err())
                .isEqualTo("note: containers were not looked at: the Docker engine does not answer\n");
        assertThat(processes.there).isEmpty();
    }

    @Test
    void answersInJsonAndWithStatusFourForWhatStays() throws Exception {
        containers.unreachable = Optional.of("away");
        processes.has("1/2", Optional.of(GONE));
        processes.stuck = Optional.of("it does not end");

        assertThat(run("--json")).isEqualTo(4);

        JsonNode answer = new ObjectMapper().readTree(captured.out());
        assertThat(answer.at("/failed/0/id").asText()).isEqualTo("1/2");
        assertThat(answer.at("/failed/0/owner").asText()).isEqualTo("gone");
        assertThat(answer.at("/failed/0/why").asText()).isEqualTo("it does not end");
        assertThat(answer.at("/not_looked_at/containers").asText()).isEqualTo("away");
        assertThat(answer.path("removed")).isEmpty();
    }

    @Test
    void namesJournalsOfKilledRunsOnly() throws Exception {
        Path orphan = Files.writeString(folder.resolve("gpu_monitor_a.journal.jsonl"), "{}\n");
        Path bench = Files.writeString(folder.resolve("benchmark_a.journal.jsonl"), "{}\n");
        Path held = Files.writeString(folder.resolve("gpu_monitor_b.journal.jsonl"), "{}\n");
        Files.writeString(folder.resolve("gpu_monitor_c.json"), "{}\n");
        try (FileChannel channel = FileChannel.open(held, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThat(run()).isZero();
        }
        assertThat(captured.out().lines())
                .containsExactly(
                        "Nothing to clean up.",
                        "2 journals of killed runs:",
                        "  " + bench + "  what tenants of a bench did, a line of JSON for each event",
                        "  gpushare monitor --salvage " + Shell.quoted(orphan));
        assertThat(orphan).hasContent("{}");
    }
}
