package io.gpushare.cores;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoreHistoryTest {
    private static final String PYTHON = "python 3.12.3";

    @TempDir
    Path folder;

    @Test
    void keepsTheLeastOfEachHostAndProgram() {
        Path state = folder.resolve("not there yet");
        CoreHistory.in(state, "node7, Xeon: 8480 = fast").saw(PYTHON, 61_000);
        CoreHistory.in(state, "node7, Xeon: 8480 = fast").saw(PYTHON, 59_000.5);
        CoreHistory.in(state, "node7, Xeon: 8480 = fast").saw(PYTHON, 60_000);
        CoreHistory.in(state, "node7, Xeon: 8480 = fast").saw("python 3.10.1", 80_000);
        CoreHistory.in(state, "node8, EPYC").saw(PYTHON, 52_000);

        CoreHistory history = CoreHistory.in(state, "node7, Xeon: 8480 = fast");
        assertThat(history.fastestNanos(PYTHON)).hasValue(59_000.5);
        assertThat(history.fastestNanos("python 3.10.1")).hasValue(80_000);
        assertThat(history.fastestNanos("python 3.13.0")).isEmpty();
    }

    @Test
    void doesWithoutAFileThatIsDamagedOrNotToBeWritten() throws Exception {
        Files.writeString(folder.resolve("core-speed.properties"), "a\\u00zz=1\n");
        CoreHistory damaged = CoreHistory.in(folder, "here");
        assertThat(damaged.fastestNanos(PYTHON)).isEmpty();
        damaged.saw(PYTHON, 60_000);
        assertThat(damaged.fastestNanos(PYTHON)).hasValue(60_000);

        Path file = Files.createFile(folder.resolve("file"));
        CoreHistory nowhere = CoreHistory.in(file, "here");
        nowhere.saw(PYTHON, 60_000);
        assertThat(nowhere.fastestNanos(PYTHON)).isEmpty();

        CoreHistory.NONE.saw(PYTHON, 1);
        assertThat(CoreHistory.NONE.fastestNanos(PYTHON)).isEmpty();
    }
}
