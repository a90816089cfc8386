package io.gpushare.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.cli.option.CatalogWorkloads;
import io.gpushare.plan.PlanYaml;
import io.gpushare.runtime.kubernetes.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What lies in workloads/kubernetes is what {@code k8s render} makes of the plans beside it. RENDER=1 in the
 * environment writes it anew.
 */
class CommittedManifestsTest {
    private static final Path FOLDER = Path.of("workloads/kubernetes");

    @TempDir
    Path folder;

    private static Manifests manifests(Path plan) {
        return new Manifests(
                PlanYaml.read(plan, CatalogWorkloads.in(Path.of(""), List.of())).plan());
    }

    private static void isRendered(String plan, String file, Function<Manifests, String> render) throws IOException {
        Manifests manifests = manifests(FOLDER.resolve(plan));
        Path committed = FOLDER.resolve(file);
        String rendered = render.apply(manifests);
        if (System.getenv().containsKey("RENDER")) {
            Files.writeString(committed, rendered);
        }
        assertThat(committed).content().isEqualTo(rendered);
    }

    @ParameterizedTest
    @CsvSource({"time-slicing, 0.45", "exclusive, 0.90"})
    void fillsInWhatABenchWouldChoose(String mode, String fraction) throws IOException {
        String plan = """
            gpushare: 1
            mode: %s
            tenants:
              - name: mine
                command: [serve, --at, '${HOST}:${PORT}', --memory, '${MEMORY_FRACTION}']
                image: example/serve
                load: {clients: 1}
                count: 2
            runtime: kubernetes
            """.formatted(mode);

        Path file = Files.writeString(folder.resolve("plan.yaml"), plan);
        assertThat(manifests(file).service(false))
                .contains("\"0.0.0.0:8000\"", "\"" + fraction + "\"")
                .doesNotContain("${");
    }

    @Test
    void holdsThePodsOfTheDefaultMix() throws IOException {
        isRendered("mix.yaml", "pods.yaml", manifests -> manifests.pods(60));
    }

    @Test
    void holdsTheJobsOfTwoTrainings() throws IOException {
        isRendered("training.yaml", "jobs.yaml", manifests -> manifests.jobs(600));
    }

    @Test
    void holdsTheServiceOfTwoReplicas() throws IOException {
        isRendered("server.yaml", "service.yaml", manifests -> manifests.service(false));
    }
}
