package io.gpushare.runtime.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginModeTest {
    private static final YAMLMapper YAML = new YAMLMapper();

    /** Whoever applies the file by hand gets what `mode apply` makes. */
    @ParameterizedTest
    @ValueSource(
            strings = {"time-slicing-2", "time-slicing-8", "mps-2", "mps-4", "mig-single", "mig-mixed", "exclusive"})
    void configuresWhatTheShippedFileDoes(String mode) throws Exception {
        JsonNode shipped = YAML.readTree(
                Path.of("gpu-configs/kubernetes/device-plugin.yaml").toFile());
        JsonNode text = shipped.path("data").path(mode);
        assertThat(YAML.readTree(PluginMode.parse(mode).configuration())).isEqualTo(YAML.readTree(text.asText()));
        assertThat(PluginMode.parse(mode).text()).isEqualTo(mode);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mps", "time-slicing", "mps-1", "mps-0", "mps-100", "mig", "Exclusive", ""})
    void refusesWhatIsNoModeOfANode(String name) {
        assertThatThrownBy(() -> PluginMode.parse(name)).isInstanceOf(IllegalArgumentException.class);
    }

    private static boolean shown(String mode, Map<String, Long> resources, Map<String, String> labels, int cards) {
        return PluginMode.parse(mode)
                .shownBy(Advertised.of(resources, labels), cards == 0 ? OptionalInt.empty() : OptionalInt.of(cards));
    }

    @Test
    void takesNothingForAModeThatOnlyResemblesIt() {
        Map<String, Long> eight = Map.of("nvidia.com/gpu.shared", 8L, "nvidia.com/gpu", 0L);
        assertThat(shown("mps-4", eight, Map.of(), 2)).isTrue();
        assertThat(shown("mps-4", eight, Map.of(), 4)).isFalse();
        assertThat(shown("mps-4", eight, Map.of("nvidia.com/gpu.count", "4"), 2))
                .isFalse();
        assertThat(shown("mps-4", eight, Map.of("nvidia.com/gpu.sharing-strategy", "time-slicing"), 2))
                .isFalse();
        assertThat(shown("mps-4", Map.of("nvidia.com/gpu.shared", 8L, "nvidia.com/gpu", 1L), Map.of(), 2))
                .isFalse();
        assertThat(shown("exclusive", eight, Map.of(), 0)).isFalse();
        assertThat(shown("exclusive", Map.of("nvidia.com/gpu", 2L), Map.of(), 4))
                .isFalse();
        assertThat(shown("mig-single", Map.of("nvidia.com/gpu", 7L), Map.of(), 1))
                .isFalse();
        assertThat(shown("mig-mixed", Map.of("nvidia.com/gpu", 1L), Map.of(), 1))
                .isFalse();
    }

    @Test
    void readsWhichNodeIsMeant() {
        PluginPlace place = PluginPlace.parse(List.of("node=gpu-1,selector=a=b", "selector=zone=c,wait=90s"));
        assertThat(place.node()).contains("gpu-1");
        assertThat(place.selector()).isEqualTo(Map.of("a", "b", "zone", "c"));
        assertThat(place.patience()).hasSeconds(90);
        assertThat(place.namespace()).isEqualTo("gpu-operator");
        assertThatThrownBy(() -> PluginPlace.parse(List.of("gpu=nvidia.com/gpu")))
                .hasMessageContaining("there are");
        assertThatThrownBy(() -> PluginPlace.parse(List.of("node="))).hasMessage("'' cannot be the value of node");
        assertThatThrownBy(() -> PluginPlace.parse(List.of("wait=soon"))).hasMessageContaining("soon");
    }
}
