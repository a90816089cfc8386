package io.gpushare.runtime.docker.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerIgnoreTest {
    @Test
    void leavesOutWhatAPatternNames(@TempDir Path root) throws IOException {
        Files.write(
                root.resolve(".dockerignore"),
                List.of("# a comment", "", "*.tar", "**/*.log", "/w/secret/", "!w/secret/not.txt"));
        DockerIgnore ignore = DockerIgnore.beside(Files.createDirectory(root.resolve("w")));

        assertThat(List.of("x.tar", "w/a.log", "w/deep/a.log", "w/secret/key")).allMatch(ignore::leavesOut);
        assertThat(List.of("w/x.tar", "w/a.py", "w/secret/not.txt", "w/secrets"))
                .noneMatch(ignore::leavesOut);
    }

    @Test
    void leavesOutNothingWhereThereIsNone(@TempDir Path root) throws IOException {
        assertThat(DockerIgnore.beside(root.resolve("w")).leavesOut("w/a.py")).isFalse();
    }
}
