package io.gpushare.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.reading.Reading;
import io.gpushare.sampling.samples.SampleListener;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessNamesTest {
    @Test
    void keepsANameThatTheKernelCutInsideACharacter(@TempDir Path procRoot) throws Exception {
        Files.createDirectory(procRoot.resolve("7"));
        Files.write(procRoot.resolve("7/comm"), new byte[] {'t', 'r', 'a', 'i', 'n', (byte) 0xc3, '\n'});
        ProcessNames names = new ProcessNames(procRoot, new SampleListener() {});
        assertThat(names.of(7).name()).isEqualTo(Reading.of("train\ufffd"));
    }
}
