package io.gpushare.mode.nvidia;

import io.gpushare.mode.setup.MpsDaemon;
import io.gpushare.outcome.ExitStatus;
import io.gpushare.outcome.GpushareException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a daemon of ours has its pipes and logs: open to its tenants' user only. */
final class MpsFolder {
    /** The longest path of a Unix socket, less its closing zero. */
    private static final int LONGEST_SOCKET_PATH = 107;

    private static final String LONGEST_SOCKET_NAME = "control_privileged";

    private static final int ROOT = 0;

    private MpsFolder() {}

    /** Finds out, without creating anything, whether a daemon can work there. */
    static void require(MpsDaemon daemon) {
        require(daemon, ownUserId());
    }

    static void require(MpsDaemon daemon, int self) {
        daemon.userId().ifPresent(tenants -> {
            if (self != ROOT && self != tenants) {
                throw new GpushareException(
                        ExitStatus.UNABLE,
                        "an MPS daemon of user " + self + " would not serve the tenants, who run as user " + tenants,
                        "Run gpushare with sudo, or as the tenants' user.");
            }
        });
        Path socket = daemon.pipeDirectory().resolve(LONGEST_SOCKET_NAME);
        int bytes = socket.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST_SOCKET_PATH) {
            throw new GpushareException(
                    ExitStatus.UNABLE,
                    "the folder " + daemon.folder() + " lies too deep for an MPS daemon: its socket's path would have "
                            + bytes + " bytes, and a socket may have " + LONGEST_SOCKET_PATH,
                    "Use a folder with a shorter path.");
        }
    }

    static void create(MpsDaemon daemon) {
        try {
            Path parent = daemon.folder().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            for (Path folder : List.of(daemon.folder(), daemon.pipeDirectory(), daemon.logDirectory())) {
                createPrivate(folder, daemon);
            }
        } catch (IOException refused) {
            throw new GpushareException(
                    ExitStatus.UNABLE,
                    "could not create the folder " + daemon.folder() + " for an MPS daemon: " + refused,
                    "Make its parent folder writable for this user.",
                    refused);
        }
    }

    private static void createPrivate(Path folder, MpsDaemon daemon) throws IOException {
        // Who finds a folder where ours is to be must not follow it elsewhere, or share it with another user.
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        int owner = daemon.userId().orElse(ownUserId());
        int found = (Integer) Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (found != owner && found != ownUserId()) {
            throw new IOException(folder + " is there already, and belongs to user " + found);
        }
        if (found != owner) {
            Files.setAttribute(folder, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    /** With all that lies in it. Idempotent. */
    static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                    if (failure instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw failure;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                        throws IOException {
                    Files.deleteIfExists(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException refused) {
            throw new GpushareException(
                    ExitStatus.UNABLE,
                    "could not delete the folder " + folder + " of an MPS daemon that has ended: " + refused,
                    "Delete it: sudo rm -r " + folder,
                    refused);
        }
    }

    static int ownUserId() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException noProc) {
            throw new GpushareException(
                    ExitStatus.UNABLE,
                    "/proc/self cannot be read",
                    "Mount /proc: gpushare finds processes there.",
                    noProc);
        }
    }
}
