package io.gpushare.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.MigLayoutText;
import io.gpushare.mode.SharingMode;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PredictionTest {
    private static final Duration SIX_SECONDS = Duration.ofSeconds(6);
    private static final Prediction.Tenant RESNET = new Prediction.Tenant("resnet-train", Map.of());
    private static final List<Prediction.Tenant> MIX =
            List.of(RESNET, new Prediction.Tenant("bert-infer", Map.of()), new Prediction.Tenant("notebook", Map.of()));

    @Test
    void isTheSameForASeed() {
        for (SharingMode mode : List.of(SharingMode.timeSlicing(), SharingMode.mps())) {
            Prediction first = Prediction.of("h200", mode, MIX, SIX_SECONDS, 42);
            assertThat(Prediction.of("h200", mode, MIX, SIX_SECONDS, 42)).isEqualTo(first);
            assertThat(Prediction.of("h200", mode, MIX, SIX_SECONDS, 43)).isNotEqualTo(first);
        }
    }

    @Test
    void sixSecondsOfFourTrainingsTakeMuchLess() {
        long before = System.nanoTime();
        Prediction.of("h200", SharingMode.mps(), Collections.nCopies(4, RESNET), SIX_SECONDS, 1);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void migIsolatesASmallTenantFromAnyNeighbour() {
        SharingMode mig = SharingMode.mig(MigLayoutText.parse(List.of("3g.71gb", "3g.71gb")));
        Prediction.Tenant bert = new Prediction.Tenant("bert-infer", Map.of());
        double besideBert = unitsOfFirst(Prediction.of("h200", mig, List.of(bert, bert), SIX_SECONDS, 1));
        double besideCopy = unitsOfFirst(
                Prediction.of("h200", mig, List.of(bert, new Prediction.Tenant("stream", Map.of())), SIX_SECONDS, 1));
        assertThat(besideCopy).isEqualTo(besideBert);
    }

    @Test
    void aSmallSliceSlowsWhatIsWiderThanIt() {
        Prediction.Tenant matmul = new Prediction.Tenant("matmul-burn", Map.of());
        SharingMode mig = SharingMode.mig(MigLayoutText.parse(List.of("1g.18gb")));
        double onSlice = unitsOfFirst(Prediction.of("h200", mig, List.of(matmul), SIX_SECONDS, 1));
        double alone =
                unitsOfFirst(Prediction.of("h200", new SharingMode.Exclusive(), List.of(matmul), SIX_SECONDS, 1));
        assertThat(onSlice / alone).isBetween(0.1, 16.5 / 132);
    }

    @Test
    void largerBatchesTakeLongerButNotForEachSample() {
        double small = samplesPerSecond("8");
        double large = samplesPerSecond("64");
        assertThat(large / small).isBetween(1.2, 4.0);
    }

    @Test
    void olderCardsAreSlower() {
        List<Prediction.Tenant> burn = List.of(new Prediction.Tenant("matmul-burn", Map.of()));
        double h200 = unitsOfFirst(Prediction.of("h200", new SharingMode.Exclusive(), burn, SIX_SECONDS, 1));
        double t4 = unitsOfFirst(Prediction.of("t4", new SharingMode.Exclusive(), burn, SIX_SECONDS, 1));
        assertThat(h200 / t4).isBetween(14.0, 16.0);
    }

    @Test
    void tenantsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> Prediction.of("t4", SharingMode.mps(), Collections.nCopies(9, RESNET), SIX_SECONDS, 1))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("MiB");
    }

    @Test
    void aTenantThatDoesNotFitItsSliceIsRefused() {
        Prediction.Tenant big = new Prediction.Tenant("resnet-train", Map.of("batch", "256", "image_size", "224"));
        assertThatThrownBy(() -> Prediction.of(
                        "h200", SharingMode.mig(MigLayoutText.parse(List.of("1g.18gb"))), List.of(big), SIX_SECONDS, 1))
                .hasMessageContaining("1g.18gb has 16384 MiB");
    }

    @Test
    void unknownWorkloadsNameThoseThereAre() {
        assertThatThrownBy(() -> Prediction.of(
                        "h200", SharingMode.mps(), List.of(new Prediction.Tenant("hpcg", Map.of())), SIX_SECONDS, 1))
                .isInstanceOfSatisfying(GpushareException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(ExitStatus.UNABLE);
                    assertThat(refused.advice().orElseThrow()).contains("bert-infer", "spin");
                });
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatThrownBy(() -> samplesPerSecond("none")).hasMessageContaining("batch=none");
        assertThatThrownBy(() -> Prediction.of(
                        "h200",
                        SharingMode.mps(),
                        List.of(new Prediction.Tenant("bert-infer", Map.of("precision", "int3"))),
                        SIX_SECONDS,
                        1))
                .hasMessageContaining("int3");
    }

    private static double samplesPerSecond(String batch) {
        return unitsOfFirst(Prediction.of(
                "h200",
                new SharingMode.Exclusive(),
                List.of(new Prediction.Tenant("resnet-infer", Map.of("batch", batch))),
                SIX_SECONDS,
                1));
    }

    private static double unitsOfFirst(Prediction prediction) {
        return prediction.tenants().getFirst().unitsPerSecond();
    }
}
