package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.sim.model.GpuProfile;
import io.gpushare.sim.model.Model;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code gpushare stress} on simulated GPUs, against what the model itself says. */
@Timeout(60)
final class StressSimulationTest {
    @TempDir
    Path folder;

    private JsonNode stress(String... options) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        Console console =
                new Console(answer, new PrintStream(told, true, StandardCharsets.UTF_8), false, false, Map.of());
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("GPUSHARE_STATE", folder.toString());
        List<String> arguments = new ArrayList<>(List.of("stress", "--json", "--out", folder.toString()));
        arguments.addAll(List.of(options));
        int status = Gpushare.commands(console, new Interruption(), Path.of("").toAbsolutePath(), environment, () -> {
                    throw new AssertionError("asked the driver");
                })
                .execute(arguments.toArray(String[]::new));
        assertThat(status).as(told.toString(StandardCharsets.UTF_8)).isZero();
        return new ObjectMapper().readTree(answer.toString(StandardCharsets.UTF_8));
    }

    private static List<Integer> counts(JsonNode mode) {
        return StreamSupport.stream(mode.path("steps").spliterator(), false)
                .map(step -> step.path("tenants").asInt())
                .toList();
    }

    /** By the model's memory of a tenant, and that of the card. */
    @ParameterizedTest
    @CsvSource({
        "t4, time-slicing, resnet-infer, 1140",
        "t4, mps, resnet-infer, 1140",
        "t4, mps, bert-train, 8680",
        "a100-40, mps, resnet-train, 1968",
        "h200, mps, bert-train, 8680"
    })
    void findsWhereTheMemoryOfTheModelEnds(String card, String mode, String workload, long mibOfATenant)
            throws IOException {
        GpuProfile gpu = Model.shipped().gpu(card);
        int fit = (int) ((gpu.memoryMib() - gpu.reservedMib()) / mibOfATenant);

        JsonNode found = stress(
                        "--simulate=" + card,
                        "--mode=" + mode,
                        "--workload=" + workload,
                        "--duration=4s",
                        "--past-plateau")
                .path("modes")
                .path(0);

        JsonNode point = found.path("breaking_point");
        assertThat(point.path("tenants").asInt()).isEqualTo(fit + 1);
        assertThat(point.path("exact").asBoolean()).isTrue();
        assertThat(point.path("cause").asText()).isEqualTo("out_of_memory");
        assertThat(point.path("message").asText()).contains("CUDA out of memory: " + mibOfATenant + " MiB");
        assertThat(counts(found)).contains(fit, fit + 1).hasSizeLessThanOrEqualTo(15);
    }

    @Test
    void findsHowManyClientsAnMpsServerHas() throws IOException {
        JsonNode point = stress(
                        "--simulate",
                        "--mode=mps",
                        "--workload=notebook",
                        "--max=100",
                        "--duration=4s",
                        "--past-plateau")
                .path("modes")
                .path(0)
                .path("breaking_point");
        assertThat(point.path("tenants").asInt()).isEqualTo(61);
        assertThat(point.path("cause").asText()).isEqualTo("refused");
        assertThat(point.path("message").asText()).contains("none serves more than 60");
    }

    @Test
    void findsIntoHowManyPartsACardIsDivided() throws IOException {
        JsonNode found = stress("--simulate", "--mode=mig", "--workload=bert-infer", "--duration=4s")
                .path("modes")
                .path(0);
        assertThat(found.path("breaking_point").path("tenants").asInt()).isEqualTo(8);
        assertThat(found.path("breaking_point").path("message").asText()).contains("cannot be divided among 8");
    }

    @Test
    void aLimitOnTheMemoryOfOneTenantIsABreakingPointOfTheFirst() throws IOException {
        JsonNode found = stress(
                        "--simulate=t4",
                        "--mode=mps",
                        "--workload=resnet-infer",
                        "--memory-limit=4GiB",
                        "--max=2",
                        "--duration=4s")
                .path("modes")
                .path(0);
        assertThat(found.path("breaking_point").isNull()).isTrue();
        assertThat(found.path("most_that_worked").asInt()).isEqualTo(2);
    }

    @Test
    void sharingByMpsRaisesPowerUntilTheWorkRisesNoMore() throws IOException {
        JsonNode found = stress("--simulate", "--mode=mps", "--slo=p99=10ms")
                .path("modes")
                .path(0);
        assertThat(found.path("power").path("raised_by_sharing").asBoolean()).isTrue();
        assertThat(found.path("power").path("highest_mean_w").asDouble())
                .isGreaterThan(1.5 * found.path("power").path("alone_mean_w").asDouble());
        assertThat(found.path("energy").path("least_joules_per_unit").asDouble())
                .isLessThan(found.path("energy").path("alone_joules_per_unit").asDouble());
        int kept = found.path("within_slo").path("tenants").asInt();
        assertThat(found.path("within_slo").path("missed_at_tenants").asInt()).isEqualTo(kept + 1);
        for (JsonNode step : found.path("steps")) {
            boolean within = step.path("latency_ms").asDouble() <= 10;
            assertThat(step.path("tenants").asInt() <= kept).isEqualTo(within);
            assertThat(step.path("slo").asText()).isEqualTo(within ? "kept" : "missed");
        }
    }
}
