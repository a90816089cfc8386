package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gpushare.process.Command;
import io.gpushare.process.CommandRunner;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code src/bundle} leaves out of libraries and of Java, and that the rest works. */
final class BundledLibrariesTest {
    @TempDir
    Path temporary;

    @Test
    void keepsWhatAnotherLibraryCanReachAndNothingElse() throws Exception {
        Path from = Files.createDirectories(temporary.resolve("from"));
        Path to = temporary.resolve("to");
        Path large = jar(
                from.resolve("guava-1.jar"),
                List.of(),
                Map.of(
                        "Used",
                                "public class Used { int number(int first) { int second = first; return second; } class In {} }",
                        "Named", "class Named { Deep[] deep(java.util.List<Inside> all) { return null; } }",
                        "Deep", "class Deep { String none() { return null; } }",
                        "Inside", "class Inside {}",
                        "Unused", "class Unused extends Used {}"));
        jar(from.resolve("other-1.jar"), List.of(large), Map.of("Other", """
                        class Other {
                            public static void main(String[] arguments) throws Exception {
                                Class<?> named = Class.forName("large.Named");
                                Object all = named.getDeclaredMethods();
                                String none = null;
                                new Used().number(1);
                                none.length();
                            }
                        }
                        """, "Alone", "class Alone {}"));

        java("src/bundle/Libraries.java", from, to);

        assertThat(entries(to.resolve("guava-1.jar")))
                .contains("large/Used.class", "large/Used$In.class", "large/Named.class", "large/Deep.class")
                .contains("large/Inside.class", "META-INF/NOTICE.gpushare")
                .doesNotContain("large/Unused.class");
        assertThat(entries(to.resolve("other-1.jar"))).contains("large/Other.class", "large/Alone.class");
        try (URLClassLoader loader = loader(to.resolve("guava-1.jar"), to.resolve("other-1.jar"))) {
            Class<?> other = Class.forName("large.Other", true, loader);
            var main = other.getDeclaredMethod("main", String[].class);
            main.setAccessible(true);
            assertThat(catchThrowable(() -> main.invoke(null, (Object) new String[0])))
                    .cause()
                    .isInstanceOf(NullPointerException.class)
                    // Lines are there, names are not.
                    .hasMessageContaining("\"<local3>\" is null")
                    .hasStackTraceContaining("Other.java:8");
        }
    }

    @Test
    void looksAgainAtALargeLibraryWhenAnotherOneHasChanged() throws Exception {
        Path from = Files.createDirectories(temporary.resolve("from"));
        Path to = temporary.resolve("to");
        Path large = jar(from.resolve("guava-1.jar"), List.of(), Map.of("One", "public class One {}"));
        Path other = from.resolve("other-1.jar");
        jar(other, List.of(large), Map.of("Other", "class Other {}"));
        java("src/bundle/Libraries.java", from, to);
        assertThat(entries(to.resolve("guava-1.jar"))).doesNotContain("large/One.class");

        jar(other, List.of(large), Map.of("Other", "class Other { One one; }"));
        Files.setLastModifiedTime(other, FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));
        java("src/bundle/Libraries.java", from, to);

        assertThat(entries(to.resolve("guava-1.jar"))).contains("large/One.class");
    }

    @Test
    void leavesSomethingOfEachPackageOfJava() throws Exception {
        Path out = temporary.resolve("out/list");

        java("src/bundle/LeftOut.java", Path.of("src/bundle/left-out-of-java"), out);

        List<String> leftOut = Files.readAllLines(out);
        assertThat(leftOut)
                .contains("/java.desktop/javax/swing/JFrame.class")
                .doesNotContain("/java.desktop/java/awt/Graphics2D.class");
        Path modules = Path.of(URI.create("jrt:/"));
        assertThat(leftOut.stream()
                        .map(file -> modules.resolve(file.substring(1)).getParent())
                        .distinct())
                .allSatisfy(folder -> {
                    try (Stream<Path> files = Files.list(folder)) {
                        assertThat(files.filter(Files::isRegularFile).map(file -> "/" + modules.relativize(file)))
                                .anyMatch(file -> !leftOut.contains(file));
                    }
                });
    }

    private static void java(String program, Path from, Path to) throws InterruptedException {
        new CommandRunner(System.getenv())
                .run(Command.of(
                                System.getProperty("java.home") + "/bin/java",
                                "-XX:TieredStopAtLevel=1",
                                program,
                                from.toString(),
                                to.toString())
                        .timeout(Duration.ofMinutes(2)))
                .requireSuccess("run " + program);
    }

    /** Of classes of the package `large`, by their names and sources. */
    private Path jar(Path jar, List<Path> libraries, Map<String, String> sources) throws IOException {
        Path work = Files.createTempDirectory(temporary, "classes");
        List<String> arguments = new ArrayList<>(List.of("-g", "-d", work.toString()));
        if (!libraries.isEmpty()) {
            arguments.addAll(List.of("-cp", libraries.getFirst().toString()));
        }
        for (Map.Entry<String, String> source : sources.entrySet()) {
            arguments.add(
                    Files.writeString(work.resolve(source.getKey() + ".java"), "package large;\n" + source.getValue())
                            .toString());
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream out = new ZipOutputStream(file, StandardCharsets.UTF_8);
                Stream<Path> classes = Files.list(work.resolve("large"))) {
            for (Path each : classes.sorted().toList()) {
                out.putNextEntry(new ZipEntry("large/" + each.getFileName()));
                out.write(Files.readAllBytes(each));
            }
        }
        return jar;
    }

    private static List<String> entries(Path jar) throws IOException {
        try (ZipFile file = new ZipFile(jar.toFile())) {
            return file.stream().map(ZipEntry::getName).toList();
        }
    }

    private static URLClassLoader loader(Path... jars) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            urls.add(jar.toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(URL[]::new), null);
    }
}
