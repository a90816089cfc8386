import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes down which files of Java's modules jlink is to leave out: those that a pattern matches, except one of each
 * package. A module names its packages, and jlink refuses one in which nothing is left.
 *
 * <p>Usage: {@code java LeftOut.java PATTERNS OUT}
 */
final class LeftOut {
    private LeftOut() {}

    public static void main(String[] arguments) throws IOException {
        List<PathMatcher> patterns;
        try (Stream<String> lines = Files.lines(Path.of(arguments[0]))) {
            patterns = lines.filter(line -> !line.startsWith("#"))
                    .map(FileSystems.getDefault()::getPathMatcher)
                    .toList();
        }
        Path modules = Path.of(URI.create("jrt:/"));
        Set<String> files;
        try (Stream<Path> all = Files.walk(modules)) {
            files = all.filter(Files::isRegularFile)
                    .map(file -> "/" + modules.relativize(file))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        Set<String> leftOut = files.stream()
                .filter(file -> patterns.stream().anyMatch(pattern -> pattern.matches(Path.of(file))))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> packages = new HashSet<>();
        files.stream().filter(file -> !leftOut.contains(file)).map(LeftOut::folder).forEach(packages::add);
        leftOut.removeIf(file -> packages.add(folder(file)));
        Files.createDirectories(Path.of(arguments[1]).getParent());
        Files.write(Path.of(arguments[1]), leftOut);
    }

    private static String folder(String file) {
        return file.substring(0, file.lastIndexOf('/'));
    }
}
