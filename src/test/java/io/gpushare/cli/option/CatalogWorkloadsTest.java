package io.gpushare.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CatalogWorkloadsTest {
    @TempDir
    private Path folder;

    private void put(Path root, String name) throws IOException {
        Path spin = Path.of("workloads", "spin");
        Path copy = Files.createDirectories(root.resolve(name));
        Files.copy(spin.resolve("spin.py"), copy.resolve("spin.py"));
        Files.copy(Path.of("workloads", "gpushare_tenant.py"), root.resolve("gpushare_tenant.py"));
        Files.writeString(
                copy.resolve("workload.yaml"),
                Files.readString(spin.resolve("workload.yaml")).replace("name: spin", "name: " + name));
    }

    @Test
    void whatIsNotOneOfItsOwnIsFoundAgainByItsFile() throws IOException {
        Path home = folder.resolve("home");
        Path further = folder.resolve("further");
        put(home.resolve("workloads"), "spin");
        put(further, "mine");
        CatalogWorkloads workloads = CatalogWorkloads.in(home, List.of(further));

        Workload own = workloads.find("spin");
        Workload mine = workloads.find("mine");

        assertThat(workloads.lasting("spin", own)).isEqualTo("spin");
        String again = workloads.lasting("mine", mine);
        assertThat(again).isEqualTo(further.resolve("mine/workload.yaml").toString());
        assertThat(CatalogWorkloads.in(home, List.of()).find(again)).isEqualTo(mine);
    }
}
