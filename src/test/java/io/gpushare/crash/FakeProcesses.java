package io.gpushare.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whatever was started on one machine of fakes carries its state in its environment. */
final class FakeProcesses {
    private FakeProcesses() {}

    /** Each by its pid and command line. */
    static List<String> on(Path state) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes
                    .filter(path -> path.getFileName().toString().matches("[0-9]+"))
                    .toList()) {
                words(process, "FAKE_GPU_STATE=" + state).ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<String> words(Path process, String mark) {
        try {
            return read(process.resolve("environ")).contains(mark)
                    ? Optional.of(process.getFileName() + " " + String.join(" ", read(process.resolve("cmdline"))))
                    : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static List<String> read(Path file) throws IOException {
        return List.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\0"));
    }
}
