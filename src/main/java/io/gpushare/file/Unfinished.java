package io.gpushare.file;

import io.gpushare.time.Time;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The names of files that are being written. What a process that was killed left is deleted by the next one that writes
 * a file into the same folder, once nobody can be writing it any more.
 */
final class Unfinished {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RANDOM_BYTES = 8;
    private static final Pattern NAME = Pattern.compile("\\..+\\.[0-9a-f]{16}\\.unfinished");
    private static final Duration OLD = Duration.ofDays(1);
    /** The longest name of a file, less what is put around it here. */
    private static final int ROOM_BYTES = 255 - ".".length() - ".0123456789abcdef.unfinished".length();

    private Unfinished() {}

    static Path beside(Path target) {
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        String name = String.valueOf(target.getFileName());
        // Cut by characters, of which each has four bytes at most.
        String kept =
                name.length() * 4 <= ROOM_BYTES ? name : name.substring(0, Math.min(name.length(), ROOM_BYTES / 4));
        return target.resolveSibling("." + kept + "." + HexFormat.of().formatHex(random) + ".unfinished");
    }

    /** What cannot be looked at or deleted stays: it is not what was to be done here. */
    static void sweep(Path folder) {
        FileTime limit = FileTime.from(Time.real().instant().minus(OLD));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*.unfinished")) {
            for (Path file : files) {
                if (NAME.matcher(String.valueOf(file.getFileName())).matches()
                        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        && Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                                        .compareTo(limit)
                                < 0) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | DirectoryIteratorException _) {
            // A later write looks again.
        }
    }
}
