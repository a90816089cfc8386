package io.gpushare.cli.machine;

import io.gpushare.results.ResultName;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Journals of runs that were killed: no process holds their lock any more. */
final class OrphanedJournals {
    private OrphanedJournals() {}

    /** Finds the journals in a folder, which need not exist. */
    static List<Path> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ResultName.JOURNAL_ENDING))
                    // A link may lead to a journal of somebody else, and to open a pipe would mean to wait.
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(OrphanedJournals::isNobodys)
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static final String OF_A_BENCH = "benchmark_";

    /** Where the samples of this bench are, if it is the journal of one. */
    static Optional<Path> samplesBeside(Path journal) {
        String name = String.valueOf(journal.getFileName());
        return name.startsWith(OF_A_BENCH) && name.endsWith(ResultName.JOURNAL_ENDING)
                ? Optional.of(journal.resolveSibling("gpu_monitor_" + name.substring(OF_A_BENCH.length())))
                : Optional.empty();
    }

    /** A journal that this user may not open is somebody's. */
    private static boolean isNobodys(Path journal) {
        try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (IOException | OverlappingFileLockException closedToUs) {
            return false;
        }
    }
}
