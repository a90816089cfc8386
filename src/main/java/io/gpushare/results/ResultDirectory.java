package io.gpushare.results;

import io.gpushare.failure.GpushareException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A folder for results that exists and takes files: known before anything is measured. */
public final class ResultDirectory {
    private final Path path;

    private ResultDirectory(Path path) {
        this.path = path;
    }

    /** Creates the folder where there is none, and tries whether a file can be written to it. */
    public static ResultDirectory open(Path path) {
        try {
            Files.createDirectories(path);
            Path trial = Files.createTempFile(path, ".gpushare-", ".trial");
            try {
                Files.writeString(trial, "x", StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            } finally {
                Files.delete(trial);
            }
            return new ResultDirectory(path);
        } catch (IOException failure) {
            throw GpushareException.unable(
                    "results cannot be written to " + path.toAbsolutePath() + ": " + reason(failure),
                    "Choose a folder that you may write to, on a disk that has room.",
                    failure);
        }
    }

    public Path path() {
        return path;
    }

    /** Where nothing came of it. */
    public void deleteIfEmpty() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException notEmpty) {
            // It is what it was opened for, or a folder more that does no harm.
        }
    }

    public long freeBytes() {
        return path.toFile().getUsableSpace();
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case FileAlreadyExistsException exists -> exists.getFile() + " is a file";
            case AccessDeniedException denied -> "no permission";
            case NoSuchFileException missing -> missing.getFile() + " cannot be created";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> String.valueOf(failure.getMessage());
        };
    }
}
