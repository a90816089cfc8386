package io.gpushare.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SharedImagesTest {
    @TempDir
    Path root;

    private WorkloadFolders folders;

    @BeforeEach
    void write() {
        folders = new WorkloadFolders(root);
        folders.add("a");
        folders.write("a/Dockerfile", "FROM scratch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpushare/a", "gpushare/a:latest", "docker.io/gpushare/a"})
    void namesWorkloadsWhoseImageAnotherOneBuilds(String image) {
        folders.add("b", WorkloadFolders.yaml("b") + "image: " + image + "\n");

        assertThat(clashes())
                .singleElement()
                .satisfies(clash -> assertThat(clash.sentence()).startsWith("the workloads a and b name one image, "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpushare/b", "gpushare/a:2", "host:5000/gpushare/a", "gpushare/a@sha256:00"})
    void takesImagesOfOtherNamesForOthers(String image) {
        folders.add("b", WorkloadFolders.yaml("b") + "image: " + image + "\n");

        assertThat(clashes()).isEmpty();
    }

    @Test
    void letsWorkloadsShareAnImageThatNoneOfThemBuilds() {
        folders.add("b", WorkloadFolders.yaml("b") + "image: pytorch/pytorch\n");
        folders.add("c", WorkloadFolders.yaml("c") + "image: pytorch/pytorch\n");

        assertThat(clashes()).isEmpty();
    }

    private List<SharedImages.Clash> clashes() {
        return SharedImages.among(WorkloadCatalog.load(List.of(root)).all());
    }
}
