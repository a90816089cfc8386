package io.gpushare.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.GpushareException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkloadCatalogTest {
    @TempDir
    Path first;

    @TempDir
    Path second;

    @Test
    void findsFoldersWithAWorkloadAndNothingElse() {
        WorkloadFolders folders = new WorkloadFolders(first);
        folders.add("train");
        folders.add("infer");
        folders.write("data/notes.txt", "no workload");
        folders.write("shared.py", "no folder");
        folders.write("deep/er/workload.yaml", "not looked at");
        new WorkloadFolders(second).add("mine");
        WorkloadCatalog catalog = WorkloadCatalog.load(List.of(first, second, first));
        assertThat(catalog.all()).extracting(Workload::name).containsExactly("infer", "mine", "train");
        assertThat(catalog.require("mine").folder()).isEqualTo(second.resolve("mine"));
    }

    @Test
    void namesBothFilesOfWorkloadsWithOneName() {
        Path one = new WorkloadFolders(first).add("train");
        Path two = new WorkloadFolders(second).add("train");
        assertThatThrownBy(() -> WorkloadCatalog.load(List.of(first, second)))
                .isInstanceOf(GpushareException.class)
                .hasMessage("two workloads are named 'train': " + one + " and " + two);
    }

    @Test
    void suggestsTheWorkloadThatWasMeant() {
        new WorkloadFolders(first).add("train");
        new WorkloadFolders(first).add("infer");
        WorkloadCatalog catalog = WorkloadCatalog.load(List.of(first));
        assertThatThrownBy(() -> catalog.require("trian"))
                .hasMessage("there is no workload 'trian'")
                .extracting(failure -> ((GpushareException) failure).advice())
                .isEqualTo(Optional.of("Did you mean train? There are infer, train."));
        assertThatThrownBy(() -> WorkloadCatalog.load(List.of()).require("x"))
                .extracting(failure -> ((GpushareException) failure).advice())
                .isEqualTo(Optional.of("There is none at all."));
    }

    @Test
    void saysWhichRootIsNoFolder() {
        assertThatThrownBy(() -> WorkloadCatalog.load(List.of(first.resolve("none"))))
                .isInstanceOf(GpushareException.class)
                .hasMessage("there is no folder with workloads at " + first.resolve("none"));
    }

    /** Tests run in the project's folder. */
    @Test
    void loadsTheWorkloadsThatComeWithTheProgram() {
        List<Workload> workloads =
                WorkloadCatalog.load(List.of(Path.of("workloads"))).all();
        assertThat(workloads).extracting(Workload::name).contains("spin");
        for (Workload workload : workloads) {
            String program = workload.command().getLast();
            assertThat(program.endsWith(".py") ? workload.folder().resolve(program) : workload.folder())
                    .as("the program of %s", workload.name())
                    .exists();
            assertThat(workload.description()).as(workload.name()).endsWith(".");
        }
    }
}
