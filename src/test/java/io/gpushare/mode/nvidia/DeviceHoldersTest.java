package io.gpushare.mode.nvidia;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.mode.nvidia.DeviceHolders.Holder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceHoldersTest {
    @TempDir
    Path proc;

    private void process(int pid, String commandLine, String... opened) throws IOException {
        Path folder = Files.createDirectory(proc.resolve(Integer.toString(pid)));
        Files.writeString(folder.resolve("stat"), pid + " (x) S 1 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 77 0");
        Files.writeString(folder.resolve("cmdline"), commandLine.replace(' ', '\0'));
        Path descriptors = Files.createDirectory(folder.resolve("fd"));
        for (int i = 0; i < opened.length; i++) {
            Files.createSymbolicLink(descriptors.resolve(Integer.toString(i)), Path.of(opened[i]));
        }
    }

    @Test
    void findsWhoHoldsTheDeviceFileOfThisGpu() throws IOException {
        process(812, "/usr/bin/nvidia-persistenced --user nvidia", "/dev/nvidiactl", "/dev/nvidia1");
        process(900, "python3 train.py", "/dev/nvidia0");
        process(901, "bash", "socket:[123]");
        assertThat(new DeviceHolders(proc, 1).find()).containsExactly(new Holder(812, "/usr/bin/nvidia-persistenced"));
    }
}
