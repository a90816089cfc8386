package io.gpushare.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.GpushareException;
import io.gpushare.mode.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LayerTextTest {
    private static final String WHOLE = """
        name: hami
        env: {CUDA_DEVICE_SM_LIMIT: 50}
        binds: [../data:/data:ro]
        preload: libvgpu.so
        wrapper: [nice, -n, '5']
        memory_limit: 4GiB
        """;

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        Files.writeString(folder.resolve("libvgpu.so"), "");
        return Files.writeString(folder.resolve("hami.yaml"), text);
    }

    @Test
    void readsAllOfALayerFromItsOwnFolder() throws IOException {
        assertThat(LayerText.read(file(WHOLE)))
                .isEqualTo(new Layer(
                        "hami",
                        Map.of("CUDA_DEVICE_SM_LIMIT", "50"),
                        List.of(new Mount(folder.resolveSibling("data"), "/data", true)),
                        List.of(folder.resolve("libvgpu.so")),
                        List.of("nice", "-n", "5"),
                        OptionalLong.of(4L << 30)));
    }

    @Test
    void aPlanHoldsTheLayerItself() throws IOException {
        PlanDraft draft = new PlanDraft(new SomeWorkloads());
        draft.addTenants("spin", 2, Map.of());
        draft.layer(LayerText.read(file(WHOLE)));
        RunPlan plan = draft.plan();

        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere")).resolve("plan.yaml");
        Files.writeString(elsewhere, PlanYaml.write(plan));

        assertThat(PlanYaml.read(elsewhere, new SomeWorkloads()).plan()).isEqualTo(plan);
        assertThat(RecordedPlan.of(plan).layer()).contains("hami");
    }

    @Test
    void aPlanMayNameTheFileOfALayer() throws IOException {
        file(WHOLE);
        Path plan = Files.writeString(
                folder.resolve("plan.yaml"), "gpushare: 1\nmode: mps\ntenants: [{workload: spin}]\nlayer: hami.yaml\n");

        assertThat(PlanYaml.read(plan, new SomeWorkloads()).plan().layer())
                .contains(LayerText.read(folder.resolve("hami.yaml")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        name: HAMi                              | is no name of a layer
        name: a                                 | the layer changes nothing
        {name: a, preload: none.so}             | there is no library
        {name: a, env: {LD_PRELOAD: x.so}}      | LD_PRELOAD is what `preload` sets
        {name: a, env: {GPUSHARE_TENANT: 1}}    | is what gpushare itself sets
        {name: a, wrapper: [nice], shell: true} | there is no property 'shell'
        {name: a, env: {B: c}, memory_limit: 4} | is not a size
        """)
    void refuses(String text, String reason) throws IOException {
        Path file = file(text);

        assertThatThrownBy(() -> LayerText.read(file))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void nothingIsPutOnTenantsThatAreNoPrograms() throws IOException {
        PlanDraft draft = new PlanDraft(new SomeWorkloads());
        draft.addTenants("spin", 2, Map.of());
        draft.layer(LayerText.read(file(WHOLE)));
        draft.gpu(new GpuChoice.Simulated("h200"));

        assertThatThrownBy(draft::plan).hasMessageContaining("nothing can be put on them");
    }
}
