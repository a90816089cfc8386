package io.gpushare.doctor;

import io.gpushare.file.RegularFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files of /proc and /etc, which may be missing or closed to this user. */
final class SmallFile {
    private static final int LARGEST = 4 << 20;

    private SmallFile() {}

    /** Nothing where it cannot be read. Names may hold any bytes: what is no UTF-8 is replaced. */
    static Optional<String> read(Path file) {
        try {
            return Optional.of(new String(RegularFile.read(file, LARGEST), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static List<String> lines(Path file) {
        return read(file).map(text -> text.lines().toList()).orElse(List.of());
    }

    /** The rest of the first line that begins with the name. */
    static Optional<String> field(Path file, String name) {
        return lines(file).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .findFirst();
    }
}
