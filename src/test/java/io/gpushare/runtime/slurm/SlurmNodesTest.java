package io.gpushare.runtime.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.runtime.ChosenNodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SlurmNodesTest {
    @TempDir
    Path programs;

    @BeforeEach
    void installSlurm() throws IOException {
        program("salloc", "exit 1");
        program("srun", "exit 1");
        program("scontrol", "echo \"${@:3}\" | tr ',' '\\n'");
        program("sinfo", """
                case "$*" in
                    *--partition=gpu*)
                        echo 'n1|idle|a100,nvlink|gpu:a100:8(S:0-1)'
                        echo 'n2|mix|a100|gpu:a100:8(S:0-1),shard:32' ;;
                    *)
                        echo 'login1|idle|(null)|(null)'
                        echo 'n1|idle|a100,nvlink|gpu:a100:8(S:0-1)'
                        echo 'n1|idle|a100,nvlink|gpu:a100:8(S:0-1)'
                        echo 'n2|mix|a100|gpu:a100:8(S:0-1),shard:32'
                        echo 'n3|drain|h200|gpu:h200:8'
                        echo 'n4|idle*|h200|gpu:h200:8' ;;
                esac
                """);
    }

    private void program(String name, String body) throws IOException {
        Path file = Files.writeString(programs.resolve(name), "#!/bin/bash\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private ChosenNodes choose(String wanted, Map<String, String> wishes) throws InterruptedException {
        return new SlurmNodes(Map.of("PATH", programs + ":/usr/bin:/bin"), wishes).choose(wanted);
    }

    @Test
    void takesAllThatWorkAndSaysWhyNotTheOthers() throws InterruptedException {
        ChosenNodes chosen = choose("all", Map.of("gres", "gpu:1"));

        assertThat(chosen.names()).containsExactly("n1", "n2");
        assertThat(chosen.leftOut())
                .containsEntry("login1", "it has no gpu")
                .containsEntry("n3", "Slurm says that it is drain")
                .containsEntry("n4", "Slurm says that it is idle*")
                .hasSize(3);
    }

    @Test
    void allAreThoseOfThePlansPartition() throws InterruptedException {
        ChosenNodes chosen = choose("all", Map.of("partition", "gpu", "gres", "shard:2"));

        assertThat(chosen.names()).containsExactly("n2");
        assertThat(chosen.leftOut()).containsOnly(Map.entry("n1", "it has no shard"));
    }

    @Test
    void takesThoseThatAreNamed() throws InterruptedException {
        ChosenNodes chosen = choose("n2,n9", Map.of());

        assertThat(chosen.names()).containsExactly("n2");
        assertThat(chosen.leftOut()).containsOnly(Map.entry("n9", "there is no such node"));
    }

    @Test
    void takesThoseWithAFeature() throws InterruptedException {
        assertThat(choose("nvlink", Map.of()).names()).containsExactly("n1");
    }

    @Test
    void refusesAWordThatMeansNoNode() {
        assertThatThrownBy(() -> choose("n99", Map.of()))
                .isInstanceOfSatisfying(
                        GpushareException.class,
                        failure -> assertThat(failure.status()).isEqualTo(ExitStatus.USAGE))
                .hasMessage("no node of this cluster is called 'n99' or has such a feature");
    }
}
