package io.gpushare.mode.nvidia;

import io.gpushare.process.LiveProcess;
import io.gpushare.process.ProcessTable;
import io.gpushare.time.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The processes of MPS daemons. Ours carry a mark in their environment, which servers inherit: so they are found also
 * when nobody answers in the pipe directory.
 */
final class MpsProcesses {
    static final String MARK = "GPUSHARE_MPS_FOLDER";

    /** Where a daemon listens that was told nothing. */
    static final Path DEFAULT_PIPE_DIRECTORY = Path.of("/tmp/nvidia-mps");

    /** Behind the word "Uid:" and the real user. */
    private static final int EFFECTIVE_USER = 2;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private final ProcessTable table = ProcessTable.ofThisMachine();

    /** The daemon that works in this folder, its servers, and a program that is about to become one. */
    List<LiveProcess> of(Path folder) {
        return table.all().stream().filter(marked(folder)).toList();
    }

    private Predicate<LiveProcess> marked(Path folder) {
        String value = folder.toString();
        long self = ProcessHandle.current().pid();
        return process ->
                process.pid() != self && value.equals(table.environment(process).get(MARK));
    }

    /** Whether all of them ended in time. */
    boolean awaitEnd(Path folder, Duration patience) throws InterruptedException {
        long deadline = Time.real().nanos() + patience.toNanos();
        while (!of(folder).isEmpty()) {
            if (Time.real().nanos() > deadline) {
                return false;
            }
            Time.real().sleep(BETWEEN_LOOKS);
        }
        return true;
    }

    void terminate(Path folder) {
        of(folder).forEach(ProcessTable::terminate);
    }

    /** @return those that do not die */
    List<LiveProcess> kill(Path folder, Duration patience) {
        Set<LiveProcess> killed = table.kill(marked(folder));
        return table.awaitEnd(killed, patience);
    }

    /**
     * As whom it acts; empty where it has ended. Not the owner of its folder in /proc: that is root for a process that
     * has changed its user.
     */
    Optional<Integer> userId(int pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("Uid:"))
                    .map(line -> Integer.valueOf(line.split("\\s+", -1)[EFFECTIVE_USER]))
                    .findFirst();
        } catch (IOException | UncheckedIOException endedOrHidden) {
            return Optional.empty();
        }
    }

    /** Where daemons without our mark listen; those whose environment this user may not read are left out. */
    List<Path> pipeDirectoriesOfOthers() {
        return table.all().stream()
                .filter(process -> isDaemon(table.commandLine(process)))
                .map(table::environment)
                .filter(environment -> !environment.isEmpty() && !environment.containsKey(MARK))
                .map(MpsProcesses::pipeDirectory)
                .distinct()
                .toList();
    }

    /** The control tool has the same name, but no option. */
    private static boolean isDaemon(String commandLine) {
        List<String> words = List.of(commandLine.split(" ", -1));
        String program = words.getFirst().substring(words.getFirst().lastIndexOf('/') + 1);
        return program.equals(MpsControl.PROGRAM) && (words.contains("-d") || words.contains("-f"));
    }

    private static Path pipeDirectory(Map<String, String> environment) {
        String told = environment.getOrDefault(MpsControl.PIPE_DIRECTORY, "");
        return told.isEmpty() ? DEFAULT_PIPE_DIRECTORY : Path.of(told);
    }
}
