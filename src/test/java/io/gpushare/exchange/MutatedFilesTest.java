package io.gpushare.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.failure.GpushareException;
import io.gpushare.results.imported.ImportedBenchmarks;
import io.gpushare.results.imported.ImportedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file holds: it is imported, or refused in a sentence. */
final class MutatedFilesTest {
    private static final int MUTANTS = 500;
    private static final String[] PIECES = {
        "null", "-1", "1e999", "\"\"", "{}", "[]", "NaN", "true", "99999999999999999999999", "[[[[", "\"\\u0000\"", ","
    };

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hyperfine-1.15.json",
                "hyperfine-2.json",
                "gpu-benchmark.json",
                "vllm-bench.json",
                "guidellm.json",
                "profile_export_aiperf.json"
            })
    void neverFailOtherwiseThanInASentence(String name) throws IOException {
        byte[] original = ForeignFileTest.example(name);
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < MUTANTS; i++) {
            Path file = Files.write(folder.resolve("mutant.json"), mutated(original, random));
            try {
                ImportedBenchmarks imported =
                        ForeignFile.readForeign(file, Instant.EPOCH, "x").imported();
                assertThat(ImportedFile.read(ImportedFile.json(imported))).isEqualTo(imported);
            } catch (GpushareException sentence) {
                assertThat(sentence.sentence()).contains("mutant.json").doesNotContain("\n");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(MUTANTS / 4);
    }

    private static byte[] mutated(byte[] original, Random random) {
        byte[] bytes = original.clone();
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(4)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes = Arrays.copyOf(bytes, at);
            case 2 -> {
                String text = new String(original, StandardCharsets.UTF_8);
                int value = text.indexOf(':', at) + 1;
                int end = Math.max(value, text.indexOf(',', value));
                bytes = (text.substring(0, value) + PIECES[random.nextInt(PIECES.length)] + text.substring(end))
                        .getBytes(StandardCharsets.UTF_8);
            }
            default -> {
                for (int i = 0; i < 20; i++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
            }
        }
        return bytes;
    }
}
