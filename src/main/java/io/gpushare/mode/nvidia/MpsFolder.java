package io.gpushare.mode.nvidia;

import io.gpushare.failure.GpushareException;
import io.gpushare.file.FolderRemoval;
import io.gpushare.mode.setup.MpsDaemon;
import io.gpushare.process.CurrentUser;
import io.gpushare.text.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

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
                throw GpushareException.unable(
                        "an MPS daemon of user " + self + " would not serve the tenants, who run as user " + tenants,
                        "Run gpushare with sudo, or as the tenants' user.");
            }
        });
        Path socket = daemon.pipeDirectory().resolve(LONGEST_SOCKET_NAME);
        int bytes = socket.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST_SOCKET_PATH) {
            throw GpushareException.unable(
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
            makeRoom(daemon);
            List<Path> folders = List.of(daemon.folder(), daemon.pipeDirectory(), daemon.logDirectory());
            for (Path folder : folders) {
                createPrivate(folder);
            }
            // Whoever owns a folder may put another, or a link, into its place: the outermost is given away last.
            for (Path folder : folders.reversed()) {
                giveTo(daemon.userId().orElse(ownUserId()), folder);
            }
        } catch (IOException refused) {
            throw GpushareException.unable(
                    "could not create the folder " + daemon.folder() + " for an MPS daemon: " + refused,
                    "Make its parent folder writable for this user.",
                    refused);
        }
    }

    /** Root works in no folder that somebody else owns; that no process of ours works there, it has seen. */
    private static void makeRoom(MpsDaemon daemon) throws IOException {
        Path folder = daemon.folder();
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        int found = owner(folder);
        if (found != ownUserId() && found != daemon.userId().orElse(ownUserId())) {
            throw new IOException(folder + " is there already, and belongs to user " + found);
        }
        if (ownUserId() == ROOT && found != ROOT) {
            FolderRemoval.remove(folder);
        }
    }

    /** Who finds a folder where ours is to be must not follow it elsewhere, or share it with another user. */
    private static void createPrivate(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    private static void giveTo(int user, Path folder) throws IOException {
        if (owner(folder) != user) {
            Files.setAttribute(folder, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private static int owner(Path folder) throws IOException {
        return (Integer) Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    /** With all that lies in it. Idempotent. */
    static void delete(Path folder) {
        try {
            FolderRemoval.remove(folder);
        } catch (IOException refused) {
            throw GpushareException.unable(
                    "could not delete the folder " + folder + " of an MPS daemon that has ended: " + refused,
                    "Delete it: sudo rm -r " + Shell.quoted(folder),
                    refused);
        }
    }

    static int ownUserId() {
        return CurrentUser.id()
                .orElseThrow(() -> GpushareException.unable(
                        "/proc/self cannot be read", "Mount /proc: gpushare finds processes there."));
    }
}
