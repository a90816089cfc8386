package io.gpushare.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Reads files that somebody names or that lie in somebody's folder, whatever they are: a device has no end, a named
 * pipe waits for ever for its other side, and a file may be larger than the memory. What is open already (`<(command)`,
 * /dev/stdin) was given by whoever started this program, and is read like a file.
 */
public final class RegularFile {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    private RegularFile() {}

    /** @throws FileSystemException whose reason is in words, for one that is no regular file or holds more bytes */
    public static byte[] read(Path file, int mostBytes) throws IOException {
        try (InputStream in = open(file)) {
            byte[] bytes = in.readNBytes(mostBytes + 1);
            if (bytes.length > mostBytes) {
                throw new FileSystemException(file.toString(), null, "it is larger than " + (mostBytes >> 20) + " MiB");
            }
            return bytes;
        }
    }

    /** @throws CharacterCodingException for bytes that are no UTF-8 */
    public static String readText(Path file, int mostBytes) throws IOException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(read(file, mostBytes)))
                .toString();
    }

    /** @throws FileSystemException whose reason is in words, for one that is no regular file */
    public static InputStream open(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (attributes.isDirectory()) {
            throw new FileSystemException(file.toString(), null, "it is a folder");
        }
        if (!attributes.isRegularFile() && !isOpenAlready(file)) {
            throw new FileSystemException(file.toString(), null, "it is no regular file");
        }
        return Files.newInputStream(file);
    }

    private static boolean isOpenAlready(Path file) throws IOException {
        Path real = file.toAbsolutePath().normalize();
        if (real.equals(Path.of("/dev/stdin"))) {
            return true;
        }
        Path folder = real.getParent();
        return folder != null && folder.toRealPath().equals(OPEN_FILES.toRealPath());
    }

    /** Why a file could not be read, in words that begin with "it" or "there", without its name. */
    public static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException _ -> "there is no permission to read it";
            case FileSystemLoopException _ -> "it is a link to itself";
            case CharacterCodingException _ -> "it is not in UTF-8";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> String.valueOf(failure.getMessage());
        };
    }
}
