package io.gpushare.mode.transaction;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where gpushare remembers what it has changed on this machine.
 *
 * @param own where this user's entries are written; it outlives a restart of the machine
 * @param others where more entries may be: those of root
 * @param locks the same for all users
 */
public record StateFolders(Path own, List<Path> others, Path locks) {
    public static final String VARIABLE = "GPUSHARE_STATE";

    private static final Path OF_ROOT = Path.of("/var/lib/gpushare");
    private static final Path LOCKS = Path.of("/run/lock");
    private static final Path TEMPORARY = Path.of("/tmp");

    public StateFolders {
        others = List.copyOf(others);
    }

    public static StateFolders of(Map<String, String> environment, boolean root, Path home) {
        Optional<Path> chosen = variable(environment, VARIABLE);
        if (chosen.isPresent()) {
            return new StateFolders(chosen.get(), List.of(), chosen.get());
        }
        Path locks = everybodyWrites(LOCKS) ? LOCKS : TEMPORARY;
        if (root) {
            return new StateFolders(OF_ROOT, List.of(), locks);
        }
        Path base = variable(environment, "XDG_STATE_HOME").orElse(home.resolve(".local/state"));
        return new StateFolders(base.resolve("gpushare"), List.of(OF_ROOT), locks);
    }

    private static Optional<Path> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isBlank())
                .map(Path::of)
                .map(Path::toAbsolutePath);
    }

    /** Whatever user asks, the answer must be the same: they have to meet at one lock. */
    private static boolean everybodyWrites(Path folder) {
        try {
            return Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE);
        } catch (IOException | UnsupportedOperationException absent) {
            return false;
        }
    }

    public ModeJournals journals() {
        return new FolderJournals(own);
    }

    /** Of this user and of others, whose entries this user may not be able to carry out. */
    public List<JournalEntry> allEntries() {
        List<JournalEntry> entries = new ArrayList<>(journals().entries());
        for (Path folder : others) {
            if (Files.isReadable(folder)) {
                entries.addAll(new FolderJournals(folder).entries());
            }
        }
        return List.copyOf(entries);
    }
}
