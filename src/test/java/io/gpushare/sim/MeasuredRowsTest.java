package io.gpushare.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.mode.MpsPriority;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.SharingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The model beside runs on an H200 (driver 580, PyTorch 2.11). The table is printed, and is the one in
 * docs/simulation.md.
 */
final class MeasuredRowsTest {
    private static final Map<String, String> BIG = Map.of("batch", "128", "image_size", "224", "precision", "bf16");

    /**
     * Tenants as {@code name@setting*count}, a setting being low (priority) or a percentage of the threads; the last
     * columns: what was measured, and the bound of the error in percent.
     */
    @ParameterizedTest(name = "{0}, {1}, tenant {2}")
    @CsvSource({
        "exclusive,    resnet-train,          0, 3341, 10",
        "exclusive,    resnet-train,          0, 3370, 10",
        "exclusive,    resnet-infer,          0, 2642, 10",
        "exclusive,    bert-infer,            0, 343, 10",
        "exclusive,    llm-decode,            0, 102, 10",
        "exclusive,    big-train,             0, 4334, 10",
        "exclusive,    matmul-burn,           0, 610, 10",
        "exclusive,    stream,                0, 1923, 10",
        "time-slicing, resnet-train*2,       -1, 6107, 10",
        "time-slicing, resnet-train*4,       -1, 7000, 10",
        "time-slicing, resnet-train*4,       -1, 6842, 10",
        "time-slicing, resnet-train*8,       -1, 6820, 10",
        "mps,          resnet-train*2,       -1, 5693, 10",
        "mps,          resnet-train*4,       -1, 11486, 10",
        "mps,          resnet-train*4,       -1, 10794, 10",
        "mps,          resnet-train*8,       -1, 14072, 10",
        "time-slicing, resnet-infer*2,       -1, 3976, 10",
        "time-slicing, resnet-infer*4,       -1, 4082, 10",
        "time-slicing, resnet-infer*4,       -1, 4062, 10",
        "time-slicing, resnet-infer*8,       -1, 4092, 10",
        "mps,          resnet-infer*2,       -1, 4734, 10",
        "mps,          resnet-infer*4,       -1, 6902, 10",
        "mps,          resnet-infer*4,       -1, 6884, 10",
        "mps,          resnet-infer*8,       -1, 7274, 10",
        "time-slicing, bert-infer*2,         -1, 558, 10",
        "time-slicing, bert-infer*4,         -1, 992, 10",
        "time-slicing, bert-infer*4,         -1, 950, 10",
        "time-slicing, bert-infer*8,         -1, 1133, 10",
        "mps,          bert-infer*2,         -1, 549, 10",
        "mps,          bert-infer*4,         -1, 1263, 10",
        "mps,          bert-infer*4,         -1, 1123, 10",
        "mps,          bert-infer*8,         -1, 2193, 10",
        "time-slicing, llm-decode*2,         -1, 185, 10",
        "time-slicing, llm-decode*4,         -1, 281, 10",
        "time-slicing, llm-decode*8,         -1, 283, 10",
        "mps,          llm-decode*2,         -1, 188, 10",
        "mps,          llm-decode*4,         -1, 381, 10",
        "mps,          llm-decode*8,         -1, 673, 12",
        "time-slicing, big-train*2,          -1, 3906, 10",
        "time-slicing, big-train*2,          -1, 3947, 10",
        "mps,          big-train*2,          -1, 4854, 10",
        "mps,          big-train*2,          -1, 4879, 10",
        "time-slicing, matmul-burn*2,        -1, 574, 10",
        "mps,          matmul-burn*2,        -1, 604, 10",
        "time-slicing, stream*2,             -1, 1549, 10",
        "mps,          stream*2,             -1, 1962, 10",
        "time-slicing, big-train bert-infer*2 resnet-infer, 0, 1465, 10",
        "time-slicing, big-train bert-infer*2 resnet-infer, 1, 170, 10",
        "time-slicing, big-train bert-infer*2 resnet-infer, 3, 1363, 10",
        "mps,          big-train bert-infer*2 resnet-infer, 0, 3545, 10",
        "mps,          big-train bert-infer*2 resnet-infer, 1, 196, 10",
        "mps,          big-train bert-infer*2 resnet-infer, 3, 873, 12",
        "time-slicing, bert-infer stream,     0, 256, 12",
        "mps,          bert-infer stream,     0, 43, 10",
        "mps,          bert-infer stream,     1, 1923, 10",
        "time-slicing, resnet-train matmul-burn, 0, 2838, 10",
        "mps,          resnet-train matmul-burn, 0, 394, 10",
        "mps,          bert-infer matmul-burn, 0, 60, 10",
        "mps,          bert-infer stream@low, 0, 258, 10",
        "mps,          bert-infer stream@low, 1, 1788, 10",
        "mps,          bert-infer stream@50,  0, 242, 10",
        "mps,          bert-infer stream@50,  1, 1635, 10",
        "mps,          bert-infer stream@90,  0, 89, 50",
        "mps,          bert-infer matmul-burn@low, 0, 60, 10",
        "mps,          bert-infer matmul-burn@50, 0, 253, 10",
        "mps,          bert-infer matmul-burn@50, 1, 403, 10",
        "mps,          resnet-infer@25,       0, 2159, 20",
        "mps,          resnet-infer@25*4,    -1, 6000, 25",
    })
    void meetsWhatWasMeasured(String mode, String tenants, int tenant, double measured, double boundPercent) {
        Prediction prediction = Prediction.of("h200", mode(mode), tenants(tenants), Duration.ofSeconds(6), 1);
        double predicted = tenant < 0
                ? prediction.tenants().stream()
                        .mapToDouble(Prediction.TenantPrediction::unitsPerSecond)
                        .sum()
                : prediction.tenants().get(tenant).unitsPerSecond();
        double errorPercent = 100 * (predicted / measured - 1);
        Prediction.TenantPrediction first = prediction.tenants().get(Math.max(0, tenant));
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %.0f | %.0f | %+.1f %% | %.1f / %.1f |%n",
                mode,
                tenants,
                tenant < 0 ? "all" : String.valueOf(tenant),
                measured,
                predicted,
                errorPercent,
                first.p50Ms().orElse(Double.NaN),
                first.p99Ms().orElse(Double.NaN));
        assertThat(Math.abs(errorPercent)).as("error in percent").isLessThanOrEqualTo(boundPercent);
    }

    /** Graphics, SM, occupancy, tensor, DRAM percentages and watts of a tenant alone. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "resnet-train, 44, 23, 7, 1, 3, 194",
        "resnet-infer, 57, 27, 11, 3, 3, 223",
        "bert-infer,   23, 9, 1, 1, 1, 151",
        "llm-decode,   33, 5, 1, 0, 4, 152",
        "big-train,    99, 86, 48, 13, 42, 566",
        "matmul-burn,  99, 95, 14, 92, 16, 692",
        "stream,       98, 97, 78, 0, 86, 431",
    })
    void loadsTheGpuAsMeasured(
            String workload, double graphics, double sm, double occupancy, double tensor, double dram, double watts) {
        Prediction.GpuPrediction gpu = Prediction.of(
                        "h200", new SharingMode.Exclusive(), tenants(workload), Duration.ofSeconds(6), 1)
                .gpu();
        System.out.println(workload + " " + gpu);
        assertThat(gpu.graphicsPercent()).isBetween(graphics - 3, graphics + 3);
        assertThat(gpu.smPercent()).isBetween(sm - 3, sm + 3);
        assertThat(gpu.occupancyPercent()).isBetween(occupancy - 3, occupancy + 3);
        assertThat(gpu.tensorPercent()).isBetween(tensor - 3, tensor + 3);
        assertThat(gpu.dramPercent()).isBetween(dram - 3, dram + 3);
        assertThat(gpu.powerW()).isBetween(watts * 0.97, watts * 1.03);
    }

    private static SharingMode mode(String kind) {
        return switch (kind) {
            case "exclusive" -> new SharingMode.Exclusive();
            case "time-slicing" -> SharingMode.timeSlicing();
            case "mps" -> SharingMode.mps();
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static List<Prediction.Tenant> tenants(String text) {
        List<Prediction.Tenant> tenants = new ArrayList<>();
        for (String part : text.strip().split(" ", -1)) {
            String[] nameAndCount = part.split("\\*", -1);
            int count = nameAndCount.length == 1 ? 1 : Integer.parseInt(nameAndCount[1]);
            tenants.addAll(Collections.nCopies(count, tenant(nameAndCount[0])));
        }
        return tenants;
    }

    private static Prediction.Tenant tenant(String text) {
        String[] nameAndSetting = text.split("@", -1);
        MpsSettings settings = nameAndSetting.length == 1 ? MpsSettings.NONE : settings(nameAndSetting[1]);
        return nameAndSetting[0].equals("big-train")
                ? new Prediction.Tenant("resnet-train", BIG, settings)
                : new Prediction.Tenant(nameAndSetting[0], Map.of(), settings);
    }

    private static MpsSettings settings(String text) {
        return text.equals("low")
                ? new MpsSettings(OptionalInt.empty(), OptionalLong.empty(), Optional.of(MpsPriority.LOW))
                : new MpsSettings(OptionalInt.of(Integer.parseInt(text)), OptionalLong.empty(), Optional.empty());
    }
}
