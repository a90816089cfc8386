package io.gpushare.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrequenciesTest {
    @TempDir
    private Path root;

    private void file(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void takesTheScalingDriversWordBeforeThatOfTheProcessorList() throws IOException {
        Frequencies frequencies = new Frequencies(root, Set.of(0, 1));
        file("proc/cpuinfo", "processor\t: 0\ncpu MHz\t\t: 2096.000\n\nprocessor\t: 1\ncpu MHz\t\t: 2000.5\n");
        frequencies.look();
        file("sys/devices/system/cpu/cpu1/cpufreq/scaling_cur_freq", "3700000\n");
        frequencies.look();

        assertThat(frequencies.least(0)).hasValue(2096);
        assertThat(frequencies.most(0)).hasValue(2096);
        assertThat(frequencies.least(1)).hasValue(2000.5);
        assertThat(frequencies.most(1)).hasValue(3700);
    }

    @Test
    void knowsNothingWhereTheKernelSaysNothing() throws IOException {
        Frequencies frequencies = new Frequencies(root, Set.of(0));
        frequencies.look();
        file("proc/cpuinfo", "processor\t: 0\ncpu MHz\t\t: fast\n");
        frequencies.look();

        assertThat(frequencies.least(0)).isEmpty();
        assertThat(frequencies.most(0)).isEmpty();
    }
}
