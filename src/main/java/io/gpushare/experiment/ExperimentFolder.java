package io.gpushare.experiment;

import io.gpushare.failure.GpushareException;
import io.gpushare.file.AtomicFile;
import io.gpushare.file.KernelLock;
import io.gpushare.file.WriteFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where an experiment of many runs lies on the disk, so that the same command goes on with it. It belongs to one
 * gpushare at a time, by a lock that the kernel takes away from one that dies.
 */
public final class ExperimentFolder implements AutoCloseable {
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path path;
    private final Kind kind;
    private final FileChannel lock;

    /**
     * What makes such a folder.
     *
     * @param noun as {@code sweep}
     * @param plan the file that is written last, when an experiment has begun
     * @param early files that are there before it
     */
    public record Kind(String noun, String plan, Set<String> early) {
        public Kind {
            early = Set.copyOf(early);
        }

        private String lock() {
            return noun + ".lock";
        }
    }

    private ExperimentFolder(Path path, Kind kind, FileChannel lock) {
        this.path = path;
        this.kind = kind;
        this.lock = lock;
    }

    /** @throws GpushareException when another gpushare has it, or when something else made it */
    public static ExperimentFolder open(Path path, Kind kind) {
        try {
            boolean others = Files.isDirectory(path) && !begun(path, kind) && holdsOthers(path, kind);
            if (others) {
                throw GpushareException.usage(
                        "there is a folder " + path + " already, and no " + kind.noun() + " made it",
                        "Give this " + kind.noun() + " another --name.");
            }
            Files.createDirectories(path);
            FileChannel lock = FileChannel.open(
                    path.resolve(kind.lock()),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);
            if (!KernelLock.take(lock)) {
                lock.close();
                throw GpushareException.unable(
                        "another gpushare is at work on the " + kind.noun() + " in " + path,
                        "Wait until it has ended, or give this one another --name.");
            }
            return new ExperimentFolder(path, kind, lock);
        } catch (IOException failure) {
            throw unwritable(path, kind, failure);
        }
    }

    /** Whether an experiment's plan lies there. */
    public static boolean begun(Path path, Kind kind) {
        return Files.exists(path.resolve(kind.plan()));
    }

    private static boolean holdsOthers(Path path, Kind kind) throws IOException {
        try (Stream<Path> children = Files.list(path)) {
            // What a start leaves that was killed before it had written down the plan.
            return children.map(child -> String.valueOf(child.getFileName()))
                    .anyMatch(
                            name -> !name.equals(kind.lock()) && !kind.early().contains(name) && !name.startsWith("."));
        } catch (UncheckedIOException halfway) {
            throw halfway.getCause();
        }
    }

    /**
     * The same with nothing in it: what is there goes aside.
     *
     * @return where to; empty where there is nothing
     */
    public static Optional<Path> moveAside(Path path, Kind kind, Instant now) {
        if (!begun(path, kind)) {
            return Optional.empty();
        }
        Path aside = path.resolveSibling(path.getFileName() + ".old-" + UTC.format(now));
        try (ExperimentFolder _ = open(path, kind)) {
            Files.move(path, aside);
            return Optional.of(aside);
        } catch (IOException failure) {
            throw unwritable(aside, kind, failure);
        }
    }

    public Path path() {
        return path;
    }

    /** @param name of a file in it, which appears whole or not at all */
    public void write(String name, String content) {
        try {
            AtomicFile.write(path.resolve(name), out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException failure) {
            throw unwritable(failure);
        }
    }

    public GpushareException unwritable(IOException failure) {
        return unwritable(path, kind, failure);
    }

    private static GpushareException unwritable(Path path, Kind kind, IOException failure) {
        return GpushareException.unable(
                "the " + kind.noun() + " cannot be written to " + path.toAbsolutePath() + ": "
                        + WriteFailure.reason(failure),
                "Choose another folder with --out.",
                failure);
    }

    /** Gives it to others. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException failure) {
            // The kernel takes the lock back with the file, whatever it says of that.
        }
    }
}
