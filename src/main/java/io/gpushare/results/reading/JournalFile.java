package io.gpushare.results.reading;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.results.ResultName;
import io.gpushare.results.reading.document.DamagedFileException;
import io.gpushare.results.reading.document.ReportLimits;
import io.gpushare.results.reading.find.Candidate;
import io.gpushare.results.reading.journal.JournalEvents;
import io.gpushare.results.reading.journal.JournalHeader;
import io.gpushare.results.reading.journal.RunJournalLines;
import io.gpushare.results.reading.journal.SalvagedRun;
import io.gpushare.results.stored.Skipped;
import io.gpushare.text.Shell;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A journal, of a run or of samples, that nobody made a result of. */
final class JournalFile {
    private static final String OF_SAMPLES = "gpu_monitor_journal";

    private JournalFile() {}

    static FileContent read(Candidate candidate) throws IOException {
        Path file = candidate.file();
        if (ResultName.resultBeside(file).filter(Files::exists).isPresent()) {
            return new FileContent.Superseded();
        }
        if (isHeld(file)) {
            return passedOver(file, "it is still being written");
        }
        if (Files.size(file) == 0) {
            return passedOver(file, "it is empty: its run was killed before it began");
        }
        try (RunJournalLines lines = RunJournalLines.open(file)) {
            ObjectNode first = lines.header();
            if (first.has(OF_SAMPLES)) {
                return ofSamples(file);
            }
            JournalHeader header = JournalHeader.of(first);
            JournalEvents events = JournalEvents.read(lines, header);
            return new FileContent.Run(ReportLimits.require(new SalvagedRun(file, header, events).run()));
        } catch (DamagedFileException damage) {
            return String.valueOf(file.getFileName()).startsWith("gpu_monitor_")
                    ? ofSamples(file)
                    : FileReader.lost(file, damage.words());
        }
    }

    private static FileContent ofSamples(Path file) {
        return passedOver(
                file,
                "it is the journal of samples that never came to their end: gpushare monitor --salvage "
                        + Shell.quoted(file) + " makes their file");
    }

    private static FileContent passedOver(Path file, String reason) {
        return new FileContent.Nothing(new Skipped(file, reason, false));
    }

    /** A shared lock needs no permission to write, and the writer's own lock refuses it. */
    private static boolean isHeld(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return isHeld(channel);
        }
    }

    private static boolean isHeld(FileChannel channel) {
        try (FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return lock == null;
        } catch (OverlappingFileLockException byThisProcess) {
            return true;
        } catch (IOException unsupported) {
            return false; // Some network file systems have no locks.
        }
    }
}
