package io.gpushare.results.reading.find;

import io.gpushare.failure.GpushareException;
import io.gpushare.results.ResultName;
import io.gpushare.results.reading.document.DamagedFileException;
import io.gpushare.results.stored.Skipped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Finds files by what a user names: folders, files, patterns. Each real folder and file is met once, links or not. */
public final class CandidateSearch {
    private static final String RESULT_ENDING = ".json";
    private static final Path REFERENCE = Path.of("results", "reference");
    private static final List<String> NEVER_ENTERED = List.of(".spool", ".logs");

    private final Set<Object> folders = new HashSet<>();
    private final Map<Object, Candidate> files = new HashMap<>();
    private final List<Skipped> skipped = new ArrayList<>();

    /** @throws GpushareException for what names nothing */
    public void add(String what) {
        if (what.isEmpty()) {
            throw nothing(what, "the name of a file or folder is empty");
        }
        Path path = pathOf(what);
        if (path != null && Files.exists(path)) {
            add(path, true);
            return;
        }
        if (!GlobPattern.isPattern(what)) {
            throw nothing(what, "there is no file or folder " + what);
        }
        List<Path> matches = GlobPattern.of(what).matches();
        if (matches.isEmpty()) {
            throw nothing(what, "nothing matches " + what);
        }
        matches.forEach(match -> add(match, false));
    }

    private static Path pathOf(String what) {
        try {
            return Path.of(what);
        } catch (InvalidPathException impossible) {
            throw nothing(what, "there can be no file " + what);
        }
    }

    private static GpushareException nothing(String what, String sentence) {
        String here = Path.of("").toAbsolutePath().toString();
        return GpushareException.usage(
                sentence,
                "Name folders, files or patterns in quotes ('results/*.json')"
                        + (what.startsWith("/") ? "." : "; this one is looked for from " + here + "."));
    }

    /** In the order of their names. */
    public List<Candidate> files() {
        return files.values().stream()
                .sorted((one, other) -> one.file().compareTo(other.file()))
                .toList();
    }

    public List<Skipped> skipped() {
        return skipped;
    }

    private void add(Path path, boolean named) {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (IOException unreadable) {
            skip(path, unreadable, named);
            return;
        }
        if (attributes.isDirectory()) {
            enter(path, attributes);
        } else if (attributes.isRegularFile()) {
            Candidate candidate = new Candidate(path, named);
            files.merge(key(path, attributes), candidate, CandidateSearch::same);
        } else {
            skipped.add(new Skipped(path, "it is no regular file", named));
        }
    }

    /** Two ways to one file. Its own folder is where its samples lie. */
    private static Candidate same(Candidate known, Candidate again) {
        boolean better = Files.isSymbolicLink(known.file()) && !Files.isSymbolicLink(again.file());
        return new Candidate(better ? again.file() : known.file(), known.named() || again.named());
    }

    private void enter(Path folder, BasicFileAttributes attributes) {
        if (!folders.add(key(folder, attributes))) {
            return;
        }
        List<Path> children;
        try {
            children = childrenOf(folder);
        } catch (IOException unreadable) {
            skip(folder, unreadable, true);
            return;
        }
        for (Path child : children) {
            if (isReference(child)) {
                skipped.add(new Skipped(child, "it came with gpushare; name it to count it, too", false));
            } else if (wanted(child)) {
                add(child, false);
            }
        }
    }

    /** Measurements of other people's GPUs, which must not pass for the user's own. */
    private static boolean isReference(Path child) {
        Path whole = child.toAbsolutePath().normalize();
        return whole.endsWith(REFERENCE) && Files.isDirectory(child);
    }

    private static List<Path> childrenOf(Path folder) throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.sorted().toList();
        } catch (UncheckedIOException halfway) {
            throw halfway.getCause();
        }
    }

    private static boolean wanted(Path child) {
        String name = String.valueOf(child.getFileName());
        if (name.startsWith(".")) {
            return false;
        }
        if (Files.isDirectory(child)) {
            return NEVER_ENTERED.stream().noneMatch(name::endsWith);
        }
        return name.endsWith(RESULT_ENDING) || name.endsWith(ResultName.JOURNAL_ENDING);
    }

    /** What tells a file from every other, by whatever name. */
    private static Object key(Path path, BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return key != null ? key : path.toAbsolutePath().normalize();
    }

    private void skip(Path path, IOException failure, boolean loss) {
        skipped.add(new Skipped(path, reason(failure), loss || !(failure instanceof NoSuchFileException)));
    }

    /** In words, without the path. */
    public static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "it cannot be read: no permission";
            case NoSuchFileException gone -> "it is a link to nothing, or was deleted meanwhile";
            case FileSystemLoopException loop -> "it is a link to itself";
            case FileSystemException other when other.getReason() != null -> "it cannot be read: " + other.getReason();
            default -> "it cannot be read: " + DamagedFileException.shortened(String.valueOf(failure.getMessage()));
        };
    }
}
