package io.gpushare.mode.transaction;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.failure.GpushareException;
import io.gpushare.file.AtomicFile;
import io.gpushare.file.WriteFailure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A file for each entry, which survives its process and the machine's next start. */
public final class FolderJournals implements ModeJournals {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ENDING = ".mode.json";

    private final Path folder;

    public FolderJournals(Path folder) {
        this.folder = folder;
    }

    @Override
    public void write(JournalEntry entry) {
        try {
            Files.createDirectories(folder);
            AtomicFile.write(
                    file(entry),
                    out -> out.write(
                            MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(JournalEntryJson.of(entry))));
        } catch (IOException unwritable) {
            throw GpushareException.unable(
                    "how " + entry.gpuName() + " is set up now cannot be written down in " + folder + ": "
                            + WriteFailure.reason(unwritable),
                    "Nothing is changed without that, since it could not be put back after a crash. Make room there, or"
                            + " choose another folder with GPUSHARE_STATE.",
                    unwritable);
        }
    }

    @Override
    public void remove(JournalEntry entry) {
        try {
            Files.deleteIfExists(file(entry));
        } catch (IOException stays) {
            throw GpushareException.failed(
                    "the finished journal " + file(entry) + " cannot be deleted: " + WriteFailure.reason(stays),
                    "Delete it by hand: what it tells of is undone.",
                    stays);
        }
    }

    /** @throws GpushareException for a file that cannot be read: it may hold the only word of how a GPU was */
    @Override
    public List<JournalEntry> entries() {
        List<JournalEntry> entries = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return entries;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (Path file : files) {
                entries.add(read(file));
            }
        } catch (IOException unreadable) {
            throw unreadable(folder, unreadable);
        }
        return entries;
    }

    private static JournalEntry read(Path file) {
        try {
            return JournalEntryJson.read(MAPPER.readTree(file.toFile()));
        } catch (IOException | IllegalArgumentException broken) {
            throw unreadable(file, broken);
        }
    }

    private static GpushareException unreadable(Path file, Exception cause) {
        return GpushareException.unable(
                "the journal " + file + " cannot be read: " + cause.getMessage(),
                "It tells how a GPU was set up before gpushare changed it. Look into it, set the GPU up by hand, and"
                        + " delete it.",
                cause);
    }

    private Path file(JournalEntry entry) {
        return folder.resolve(entry.gpuUuid() + "." + entry.lifetime().name().toLowerCase(Locale.ROOT) + ENDING);
    }
}
