package io.gpushare.runtime.docker.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContainerProcessesTest {
    @TempDir
    Path root;

    @Test
    void areFoundInTheOneGroupOfVersionTwo() throws IOException {
        write("proc/42/cgroup", "0::/system.slice/docker-abc.scope\n");
        write("sys/fs/cgroup/system.slice/docker-abc.scope/cgroup.procs", "42\n43\n");

        assertThat(ContainerProcesses.of(root, "abc", 42).orElseThrow().now()).containsExactlyInAnyOrder(42, 43);
    }

    @Test
    void areFoundInAGroupForEachControllerOfVersionOne() throws IOException {
        write("proc/42/cgroup", "3:cpu,cpuacct:/docker/abc\n2:memory:/docker/abc\n");
        write("sys/fs/cgroup/cpuacct/docker/abc/cgroup.procs", "42\n");

        assertThat(ContainerProcesses.of(root, "abc", 42).orElseThrow().folders())
                .containsExactly(root.resolve("sys/fs/cgroup/cpuacct/docker/abc"));
    }

    @Test
    void aProcessOfAnotherContainerIsNotTaken() throws IOException {
        write("proc/42/cgroup", "0::/docker/other\n");
        write("sys/fs/cgroup/docker/other/cgroup.procs", "42\n");

        assertThat(ContainerProcesses.of(root, "abc", 42)).isEmpty();
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
