package io.gpushare.experiment.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SweepFolderTest {
    private static final Instant NOW = Instant.parse("2026-11-20T13:00:00Z");

    @TempDir
    Path temporary;

    private Path path() {
        return temporary.resolve("mine");
    }

    private void record(Consumer<SweepDraft> change) {
        SweepPlan plan = Sweeps.plan(change);
        try (SweepFolder folder = SweepFolder.open(path())) {
            folder.record(plan, SweepMatrix.of(plan, Sweeps.MODES, MigOffer.NOT_ASKED), Sweeps::draft);
        }
    }

    @Test
    void belongsToOneAtATime() {
        try (SweepFolder _ = SweepFolder.open(path())) {
            assertThatThrownBy(() -> SweepFolder.open(path()))
                    .isInstanceOf(GpushareException.class)
                    .hasMessageContaining("another gpushare is at work on the sweep in " + path())
                    .satisfies(refused ->
                            assertThat(((GpushareException) refused).status()).isEqualTo(ExitStatus.UNABLE));
        }
        SweepFolder.open(path()).close();
    }

    @Test
    void recordsThePlanAndTakesMoreRoundsOfIt() throws Exception {
        record(_ -> {});
        record(draft -> draft.rounds("9"));
        assertThat(path().resolve("sweep.yaml")).content().contains("rounds: 9", "order_seed: 1");
        assertThat(path().resolve("cells.yaml")).content().contains("mps_4_", "exclusive_1_notebook");
    }

    @Test
    void refusesAnotherPlanAndSaysInWhatItDiffers() {
        record(_ -> {});
        assertThatThrownBy(() -> record(draft -> draft.tenants(List.of(2))))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("is another one: its plan differs from this one in tenants")
                .satisfies(refused -> assertThat(
                                ((GpushareException) refused).advice().orElseThrow())
                        .contains(
                                "--fresh",
                                "--name",
                                path().resolve("sweep.yaml").toString()));
    }

    /** As where the file of a mode was changed, which the plan only names. */
    @Test
    void refusesOtherCellsOfTheSamePlan() throws Exception {
        record(_ -> {});
        Path cells = path().resolve("cells.yaml");
        Files.writeString(cells, Files.readString(cells).replace("duration: 30s", "duration: 31s"));
        assertThatThrownBy(() -> record(_ -> {}))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("its cells are not those that this plan has now");
    }

    @Test
    void takesNoFolderThatNoSweepMade() throws Exception {
        Files.createDirectories(path());
        Files.writeString(path().resolve("thesis.txt"), "mine");
        assertThatThrownBy(() -> SweepFolder.open(path()))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("no sweep made it");
    }

    @Test
    void goesOnInAFolderThatAStartLeftBeforeItsPlanWasWritten() throws Exception {
        Files.createDirectories(path());
        Files.writeString(path().resolve("cells.yaml"), "{}\n");
        Files.writeString(path().resolve(".sweep.yaml.0123456789abcdef.unfinished"), "gpush");
        record(_ -> {});
        assertThat(SweepFolder.holdsASweep(path())).isTrue();
        assertThat(path().resolve("cells.yaml")).content().contains("mps_4_");
    }

    @Test
    void beginsAnewWithoutDeletingAnything() throws Exception {
        assertThat(SweepFolder.moveAside(path(), NOW)).isEmpty();
        record(_ -> {});
        Files.writeString(path().resolve("note"), "kept");
        Path aside = SweepFolder.moveAside(path(), NOW).orElseThrow();
        assertThat(aside).isEqualTo(temporary.resolve("mine.old-20261120T130000Z"));
        assertThat(aside.resolve("note")).hasContent("kept");
        assertThat(path()).doesNotExist();
        record(draft -> draft.tenants(List.of(2)));
    }

    @Test
    void leavesAFolderWhereItIsThatAnotherIsAtWorkIn() {
        record(_ -> {});
        try (SweepFolder _ = SweepFolder.open(path())) {
            assertThatThrownBy(() -> SweepFolder.moveAside(path(), NOW)).isInstanceOf(GpushareException.class);
        }
        assertThat(path()).exists();
    }
}
