package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.process.CommandResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** {@code gpu-configs/gcp/gke.sh} in a cloud that is none, where others have clusters. */
abstract class GkeInAFakeCloud {
    @TempDir
    Path temporary;

    FakeCloud cloud;

    @BeforeEach
    void makeACloud() throws Exception {
        cloud = new FakeCloud(temporary);
        cloud.has("cluster,theirs", "us-central1-a", "theirs", "1");
        cloud.has("cluster,mine-too", "us-central1-a", "mine-too", "1");
    }

    CommandResult gke(String command, String... more) throws InterruptedException {
        return cloud.call("gke", command, more);
    }

    void assertNothingIsLeft() throws Exception {
        assertThat(cloud.things()).containsExactly("cluster,mine-too", "cluster,theirs");
    }

    List<String> changes() throws Exception {
        return cloud.log().stream()
                .filter(line -> line.matches(".* (create|delete|build|push|login|resize|exec|logs) .*"))
                .toList();
    }
}
