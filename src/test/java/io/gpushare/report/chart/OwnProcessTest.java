package io.gpushare.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.failure.GpushareException;
import io.gpushare.fake.ChildJava;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for a whole process: fonts are loaded once in it. */
final class OwnProcessTest {
    @TempDir
    Path folder;

    @Test
    void endsByItselfAndLeavesNoFontsBehind() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path pictures = folder.resolve("pictures");

        String said = draw(temporary, pictures);

        assertThat(said).isEqualTo("6 written");
        assertThat(filesIn(temporary)).isEmpty();
        assertThat(filesIn(pictures)).hasSize(6);
    }

    /** So a process that is killed leaves none either. */
    @Test
    void putsItsFontsIntoNoFolder() throws Exception {
        String said = draw(folder.resolve("none"), folder.resolve("pictures"));

        // Java itself may warn that there is no such folder.
        assertThat(said).endsWith("6 written");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    /** As on a GPU host that has neither the library nor fonts: the loader finds one that is none. */
    @Test
    void drawsWhereThereIsNoFontconfig() throws Exception {
        Path libraries = Files.createDirectory(folder.resolve("lib"));
        Files.createFile(libraries.resolve("libfontconfig.so.1"));
        Files.createFile(libraries.resolve("libfontconfig.so"));

        String said = draw(folder, folder.resolve("pictures"), Map.of("LD_LIBRARY_PATH", libraries.toString()));

        assertThat(said).isEqualTo("6 written");
    }

    private static String draw(Path temporary, Path pictures) throws IOException, InterruptedException {
        return draw(temporary, pictures, Map.of());
    }

    private static String draw(Path temporary, Path pictures, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder drawing = ChildJava.builder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Drawing.class.getName(),
                        pictures.toString()))
                .redirectErrorStream(true);
        drawing.environment().putAll(environment);
        Process process = drawing.start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ended").isTrue();
        return said.strip();
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    static final class Drawing {
        private Drawing() {}

        public static void main(String[] arguments) {
            try {
                System.out.println(Charts.write(ChartStudies.usual(true), Path.of(arguments[0]))
                                .size() + " written");
            } catch (GpushareException failure) {
                System.out.println(failure.sentence() + "\n" + failure.advice().orElse(""));
            }
        }
    }
}
