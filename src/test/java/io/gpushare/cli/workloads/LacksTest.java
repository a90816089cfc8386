package io.gpushare.cli.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.runtime.docker.FakeEngine;
import io.gpushare.runtime.docker.engine.EngineSearch;
import io.gpushare.runtime.process.TenantPrograms;
import io.gpushare.workload.Workload;
import io.gpushare.workload.WorkloadCatalog;
import io.gpushare.workload.WorkloadFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
final class LacksTest {
    @TempDir
    Path root;

    private List<Workload> workloads;

    @BeforeEach
    void writeWorkloads() {
        WorkloadFolders folders = new WorkloadFolders(root.resolve("workloads"));
        folders.add("ours");
        folders.add(
                "burn",
                WorkloadFolders.yaml("burn").replace("[python3, -u, program.py]", "[sh, -c, exec ./burn]") + """
                    image: burn:1
                    needs: [./burn]
                    get: Build it with make.
                    """);
        workloads = WorkloadCatalog.load(List.of(root.resolve("workloads"))).all();
    }

    private Map<String, String> lacks() throws InterruptedException {
        return new Lacks(
                        new TenantPrograms(Map.of("PATH", "/bin:/usr/bin")),
                        new EngineSearch(Map.of(), root, root)::find)
                .of(workloads);
    }

    private FakeEngine engine() throws IOException {
        return FakeEngine.docker(root.resolve("var/run/docker.sock"), "20.10.24", "1.41", "1.12");
    }

    @Test
    void namesTheProgramAndTheImageThatAreMissing() throws Exception {
        String sentence = "the program './burn' is not on this machine, and no engine here has the image burn:1";

        assertThat(lacks()).isEqualTo(Map.of("burn", sentence));
        try (FakeEngine _ = engine()) {
            assertThat(lacks()).isEqualTo(Map.of("burn", sentence));
        }
    }

    @Test
    void anImageWillDo() throws Exception {
        try (FakeEngine engine = engine().answers("/v1.41/images/burn:1/json", "{\"Id\": \"sha256:1\"}")) {
            assertThat(lacks()).isEmpty();
            assertThat(engine.requests()).endsWith("/v1.41/images/burn:1/json");
        }
    }

    @Test
    void asksNoEngineWhereTheProgramIs() throws Exception {
        Path program = Files.writeString(root.resolve("workloads/burn/burn"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));

        try (FakeEngine engine = engine()) {
            assertThat(lacks()).isEmpty();
            assertThat(engine.requests()).isEmpty();
        }
    }
}
