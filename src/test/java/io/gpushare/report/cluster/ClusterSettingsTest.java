package io.gpushare.report.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.gpushare.failure.GpushareException;
import io.gpushare.report.Report;
import io.gpushare.report.SomeReports;
import io.gpushare.study.MadeRun;
import io.gpushare.study.Study;
import io.gpushare.study.metric.StudyOptions;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an analysis recommends, as a cluster takes it. */
final class ClusterSettingsTest {
    private static final YAMLMapper YAML = new YAMLMapper();

    private static MadeRun four(String mode, double rate) {
        return MadeRun.in(mode).tenants("a", rate, rate, rate, rate).alone("a", 100);
    }

    private static Report report(MadeRun... runs) {
        return SomeReports.of(Study.of(Stream.of(runs).map(MadeRun::stored).toList(), StudyOptions.DEFAULT));
    }

    private static List<JsonNode> documents(List<String> lines) throws IOException {
        try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(String.join("\n", lines))) {
            return values.readAll();
        }
    }

    private static JsonNode plugin(Report report, String name) throws IOException {
        JsonNode map = documents(ClusterSettings.devicePlugin(report)).getFirst();
        assertThat(map.path("kind").asText()).isEqualTo("ConfigMap");
        return YAML.readTree(map.path("data").path(name).asText());
    }

    @Test
    void saysHowThePluginSharesAGpu() throws IOException {
        Report mps = report(four("mps", 80), four("mps", 81), four("time-slicing", 30), four("time-slicing", 31));

        JsonNode configuration = plugin(mps, "4-a");
        assertThat(configuration.path("version").asText()).isEqualTo("v1");
        JsonNode shared = configuration.at("/sharing/mps/resources/0");
        assertThat(shared.path("name").asText()).isEqualTo("nvidia.com/gpu");
        assertThat(shared.path("replicas").asInt()).isEqualTo(4);
        assertThat(ClusterSettings.devicePlugin(mps))
                .anyMatch(line -> line.startsWith("  # 4 × a on ") && line.contains("MPS, 3.22"))
                .anyMatch(line -> line.contains("it was measured with no"));
    }

    @Test
    void saysWhatThePluginCannotSet() throws IOException {
        Report turns = report(
                four("time-slicing", 80).setting("quantum", "long"),
                four("time-slicing", 81).setting("quantum", "long"),
                four("mps", 30),
                four("mps", 31));

        assertThat(plugin(turns, "4-a")
                        .at("/sharing/timeSlicing/resources/0/replicas")
                        .asInt())
                .isEqualTo(4);
        assertThat(ClusterSettings.devicePlugin(turns))
                .anyMatch(line -> line.contains("measured with long turns, which the plugin does not set"));
        JsonNode claim =
                documents(ClusterSettings.dra(turns)).getFirst().at("/spec/devices/config/0/opaque/parameters/sharing");
        assertThat(claim.path("strategy").asText()).isEqualTo("TimeSlicing");
        assertThat(claim.at("/timeSlicingConfig/interval").asText()).isEqualTo("Long");
        assertThat(documents(ClusterSettings.kai(turns))
                        .getFirst()
                        .at("/metadata/annotations/gpu-fraction")
                        .asText())
                .isEqualTo("0.25");
    }

    @Test
    void limitsOfMpsAreInAClaim() throws IOException {
        Report limited = report(
                four("mps", 80).setting("thread_percentage", 50).setting("memory_limit", "8GiB"),
                four("mps", 81).setting("thread_percentage", 50).setting("memory_limit", "8GiB"),
                four("time-slicing", 30),
                four("time-slicing", 31));

        JsonNode limits = documents(ClusterSettings.dra(limited))
                .getFirst()
                .at("/spec/devices/config/0/opaque/parameters/sharing/mpsConfig");
        assertThat(limits.path("defaultActiveThreadPercentage").asInt()).isEqualTo(50);
        assertThat(limits.path("defaultPinnedDeviceMemoryLimit").asText()).isEqualTo("8192Mi");
        assertThat(ClusterSettings.kai(limited)).anyMatch(line -> line.contains("nothing that KAI does"));
    }

    @Test
    void whereNotToShareIsBestAGpuIsNotShared() throws IOException {
        Report apart = report(four("mps", 10), four("mps", 10.1), four("time-slicing", 12), four("time-slicing", 12.1));

        JsonNode configuration = plugin(apart, "4-a");
        assertThat(configuration.path("version").asText()).isEqualTo("v1");
        assertThat(configuration.has("sharing")).isFalse();
        assertThat(documents(ClusterSettings.dra(apart))).allMatch(JsonNode::isMissingNode);
    }

    @Test
    void refusesWhereNothingIsRecommended() {
        Report open = report(four("mps", 80));
        assertThatThrownBy(() -> ClusterSettings.devicePlugin(open))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("no mix");
    }

    /** Names of keys have a few characters, and every mix one of its own. */
    @Test
    void realMeasurementsMakeValidDocuments() throws IOException {
        Report reference = SomeReports.reference();

        JsonNode data =
                documents(ClusterSettings.devicePlugin(reference)).getFirst().path("data");
        assertThat(data.size()).isGreaterThan(3);
        data.properties().forEach(entry -> assertThat(entry.getKey()).matches("[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?"));
        for (JsonNode configuration : data) {
            assertThat(YAML.readTree(configuration.asText()).path("version").asText())
                    .isEqualTo("v1");
        }
        assertThat(documents(ClusterSettings.dra(reference)))
                .isNotEmpty()
                .allSatisfy(claim -> assertThat(claim.path("kind").asText()).isEqualTo("ResourceClaim"));
    }
}
