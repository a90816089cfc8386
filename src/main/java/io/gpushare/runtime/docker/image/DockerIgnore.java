package io.gpushare.runtime.docker.image;

import com.github.dockerjava.core.GoLangFileMatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a {@code .dockerignore} keeps out of images, in the notation that Docker's own command reads. */
record DockerIgnore(List<String> patterns) {
    private static final int LARGEST = 1 << 20;

    /** Nothing where there is none in the folder above. */
    static DockerIgnore beside(Path folder) throws IOException {
        Path file = folder.resolveSibling(".dockerignore");
        if (!Files.isRegularFile(file)) {
            return new DockerIgnore(List.of());
        }
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is larger than 1 MiB");
        }
        return new DockerIgnore(Files.readAllLines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList());
    }

    /** The last pattern that fits a file, or a folder above it, counts. */
    boolean leavesOut(String file) {
        Optional<String> last =
                patterns.stream().filter(pattern -> fits(path(pattern), file)).reduce((_, later) -> later);
        return last.isPresent() && !last.get().startsWith("!");
    }

    private static String path(String pattern) {
        return pattern.replaceFirst("^!?\\s*/?", "").replaceFirst("/+$", "");
    }

    private static boolean fits(String pattern, String file) {
        for (Path path = Path.of(file); path != null; path = path.getParent()) {
            if (GoLangFileMatch.match(pattern, path.toString())) {
                return true;
            }
        }
        return false;
    }
}
