package io.gpushare.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;

/**
 * Removes a folder that may belong to somebody else than who removes it. Each step starts at a folder that is open:
 * whoever puts a link into the place of one meanwhile leads it nowhere.
 */
public final class FolderRemoval {
    private FolderRemoval() {}

    /** With all that lies in it. Nothing to do where it is gone, also while it goes. */
    public static void remove(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath();
        Path parent = absolute.getParent();
        if (parent == null) {
            throw new IOException(folder + " lies in no folder");
        }
        try (DirectoryStream<Path> opened = Files.newDirectoryStream(parent)) {
            remove(secure(opened), absolute.getFileName());
        } catch (NoSuchFileException gone) {
            // As is wanted.
        }
    }

    private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> opened) throws IOException {
        if (opened instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        throw new IOException("this system cannot delete in a folder that is open");
    }

    private static void remove(SecureDirectoryStream<Path> parent, Path name) throws IOException {
        try {
            boolean folder = parent.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes()
                    .isDirectory();
            if (!folder) {
                parent.deleteFile(name);
                return;
            }
            try (SecureDirectoryStream<Path> inside = parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                for (Path entry : inside) {
                    remove(inside, entry.getFileName());
                }
            }
            parent.deleteDirectory(name);
        } catch (NoSuchFileException gone) {
            // As is wanted.
        }
    }
}
