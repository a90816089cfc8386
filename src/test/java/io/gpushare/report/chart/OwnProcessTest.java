package io.gpushare.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.fake.ChildJava;
import io.gpushare.outcome.GpushareException;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

        assertThat(said).isEqualTo("5 written");
        assertThat(filesIn(temporary)).isEmpty();
        assertThat(filesIn(pictures)).hasSize(5);
    }

    @Test
    void drawsWithItsOwnFontsWhateverTheFolderForTemporaryFilesIsCalled() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("a\\u folder=of 50 %"));

        assertThat(draw(temporary, folder.resolve("pictures"))).isEqualTo("5 written");
    }

    @Test
    void tellsWhenFontsFindNoRoom() throws Exception {
        String said = draw(folder.resolve("none"), folder.resolve("pictures"));

        assertThat(said)
                .contains("no picture was drawn, because its fonts could not be unpacked into " + folder.resolve("none")
                        + ": there is no such folder\nMake room there")
                .contains("--no-plots");
    }

    private static String draw(Path temporary, Path pictures) throws IOException, InterruptedException {
        Process process = ChildJava.builder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Drawing.class.getName(),
                        pictures.toString()))
                .redirectErrorStream(true)
                .start();
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
                int pictures = Charts.write(ChartStudies.usual(true), Path.of(arguments[0]))
                        .size();
                boolean ours = TypeTest.outline(new Font(Font.SANS_SERIF, Font.PLAIN, 50))
                        .equals(TypeTest.ourOutline());
                System.out.println(pictures + " written" + (ours ? "" : ", with the fonts of this machine"));
            } catch (GpushareException failure) {
                System.out.println(failure.sentence() + "\n" + failure.advice().orElse(""));
            }
        }
    }
}
