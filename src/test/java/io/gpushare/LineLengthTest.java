package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The formatter breaks code; comments and text are ours to break. In tests, what other programs say stands as they say
 * it: long lines of text blocks and of literals stay whole there.
 */
final class LineLengthTest {
    private static final int LONGEST = 120;

    @Test
    void noSourceHasALineThatIsTooLongToRead() throws IOException {
        assertThat(tooLong(Path.of("src"))).isEmpty();
    }

    private static List<String> tooLong(Path folder) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                boolean quotes = !file.startsWith("src/main");
                boolean inTextBlock = false;
                List<String> lines = Files.readAllLines(file);
                for (int i = 0; i < lines.size(); i++) {
                    String line = lines.get(i);
                    inTextBlock ^= line.split("\"\"\"", -1).length % 2 == 0;
                    boolean quoted = quotes && (inTextBlock || line.strip().matches("(\\+ )?\".*"));
                    if (line.length() > LONGEST && !quoted) {
                        found.add(file + ":" + (i + 1));
                    }
                }
            }
        }
        return found;
    }
}
