package io.gpushare.sim.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.workload.Parameter;
import io.gpushare.workload.Workload;
import io.gpushare.workload.WorkloadCatalog;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KnownSettingsTest {
    private static final Model MODEL = Model.shipped();

    @ParameterizedTest
    @CsvSource({
        "llm-decode, model, tiny",
        "llm-decode, prompt, 100000",
        "llm-decode, batch, 64",
        "resnet-train, data, /data",
        "notebook, idle-ms, 100",
        "launch-rate, batch, 64",
    })
    void refusesASettingThatWouldChangeNothing(String workload, String parameter, String value) {
        assertThatThrownBy(() -> MODEL.doubt(workload, Map.of(parameter, value)))
                .isInstanceOfSatisfying(GpushareException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
                    assertThat(refused.sentence()).contains(workload, parameter);
                    assertThat(refused.advice()).contains("Leave it out, or measure on a real GPU.");
                });
    }

    @Test
    void saysWhichValueItKnows() {
        assertThatThrownBy(() -> MODEL.doubt("llm-decode", Map.of("prompt", "100000")))
                .hasMessageContaining(
                        "The simulation knows llm-decode with prompt=256 only: prompt=100000 would change nothing.");
    }

    @Test
    void warnsOfSettingsThatNobodyMeasured() {
        assertThat(MODEL.doubt("resnet-train", Map.of("batch", "64")))
                .contains("the simulation knows resnet-train with batch 32, image-size 32, fp32 or with batch 128,"
                        + " image-size 224, bf16: for batch 64, image-size 32, fp32 it guesses, in proportion to the"
                        + " work");
    }

    @Test
    void doubtsNothingThatItsPointsStandFor() {
        assertThat(MODEL.doubt("resnet-train", Map.of())).isEmpty();
        assertThat(MODEL.doubt("resnet-train", Map.of("batch", "128", "image-size", "224", "precision", "bf16")))
                .isEmpty();
        assertThat(MODEL.doubt("resnet-train", Map.of("learning-rate", "0.1"))).isEmpty();
        assertThat(MODEL.doubt("llm-decode", Map.of("prompt", "256", "batch", "1")))
                .isEmpty();
        assertThat(MODEL.doubt("notebook", Map.of("batch", "512"))).isEmpty();
        assertThat(MODEL.doubt("matmul-burn", Map.of("busy", "50"))).isEmpty();
    }

    @Test
    void knowsTheDefaultsOfTheShippedWorkloads() {
        WorkloadCatalog catalog = WorkloadCatalog.load(List.of(Path.of("workloads")));
        MODEL.workloads().forEach((name, known) -> {
            Workload workload = catalog.require(name);
            Set<String> settings = new HashSet<>(workload.parameters().keySet());
            workload.server()
                    .ifPresent(server -> settings.addAll(server.load().words().keySet()));
            assertThat(settings).as(name).containsAll(known.fixedSettings().keySet());
            assertThat(workload.parameters().keySet()).as(name).containsAll(known.indifferentSettings());
            for (Parameter parameter : workload.parameters().values()) {
                parameter
                        .defaultValue()
                        .ifPresent(value -> assertThat(MODEL.doubt(name, Map.of(parameter.name(), value)))
                                .as("%s %s", name, parameter.name())
                                .isEmpty());
            }
        });
    }
}
