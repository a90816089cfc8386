package io.gpushare.workload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** SHA-256 of the files of a folder and of files beside it: their relative paths, lengths and contents, sorted by path. */
final class FolderDigest {
    private FolderDigest() {}

    static String of(Path folder, List<Path> beside) throws IOException {
        MessageDigest digest = sha256();
        List<Path> files = new ArrayList<>(files(folder));
        beside.stream().sorted().forEach(files::add);
        for (Path file : files) {
            byte[] name = name(folder, file).getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).flip());
            digest.update(name);
            // Lengths come first, so that no other files give the same stream of bytes.
            digest.update(
                    ByteBuffer.allocate(Long.BYTES).putLong(Files.size(file)).flip());
            try (InputStream content = new DigestInputStream(Files.newInputStream(file), digest)) {
                content.transferTo(OutputStream.nullOutputStream());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> Files.isRegularFile(file) && !isByteCode(folder.relativize(file)))
                    .sorted((left, right) -> name(folder, left).compareTo(name(folder, right)))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Python writes it while the program runs. */
    private static boolean isByteCode(Path relative) {
        return relative.toString().endsWith(".pyc")
                || StreamSupport.stream(relative.spliterator(), false)
                        .anyMatch(part -> part.toString().equals("__pycache__"));
    }

    private static String name(Path folder, Path file) {
        return folder.relativize(file).toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
