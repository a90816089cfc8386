package io.gpushare.runtime.docker.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningUserTest {
    private static final String CONTAINER = "c0ffee".repeat(10);

    @TempDir
    Path root;

    private Path process;

    @BeforeEach
    void start() throws IOException {
        process = Files.createDirectories(root.resolve("proc/4711"));
        Files.writeString(process.resolve("cgroup"), "0::/system.slice/docker-" + CONTAINER + ".scope\n");
        runsAs(65532);
        Files.writeString(process.resolve("uid_map"), "         0          0 4294967295\n");
    }

    @Test
    void tellsTheUserOfAProcess() {
        assertThat(RunningUser.of(root, CONTAINER, 4711)).hasValue(65532);
    }

    @Test
    void tellsTheUserAsTheContainerCountsIt() throws IOException {
        Files.writeString(process.resolve("uid_map"), "0 1000 1\n1 100000 65536\n");
        runsAs(1000);
        assertThat(RunningUser.of(root, CONTAINER, 4711)).hasValue(0);
        runsAs(165531);
        assertThat(RunningUser.of(root, CONTAINER, 4711)).hasValue(65532);
    }

    @Test
    void doesNotTakeAnotherMachinesProcessForItsOwn() {
        assertThat(RunningUser.of(root, "another", 4711)).isEmpty();
        assertThat(RunningUser.of(root, CONTAINER, 4712)).isEmpty();
    }

    private void runsAs(int user) throws IOException {
        Files.writeString(
                process.resolve("status"),
                "Name:\tsh\nUid:\t%d\t%d\t%d\t%d\nGid:\t0\t0\t0\t0\n".formatted(user, user, user, user));
    }
}
