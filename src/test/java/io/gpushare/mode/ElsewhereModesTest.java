package io.gpushare.mode;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.gpu.DriverPause;
import io.gpushare.mode.ModeEvidence.TenantEvidence;
import io.gpushare.reading.Reading;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ElsewhereModesTest {

    /** @param gpus what each tenant saw; an empty one saw none, "?" did not say */
    private static ModeProof proof(boolean mps, String... gpus) throws InterruptedException {
        List<TenantEvidence> tenants = Arrays.stream(gpus)
                .map(gpu -> new TenantEvidence(
                        !gpu.isEmpty(),
                        Optional.of(gpu).filter(uuid -> uuid.startsWith("GPU")),
                        OptionalInt.empty(),
                        OptionalLong.empty(),
                        Set.of()))
                .toList();
        try (ActiveMode mode = new ElsewhereModes(mps)
                .activate(ModeRequest.alike(SharingMode.timeSlicing(), gpus.length), DriverPause.NONE)) {
            return mode.prove(new ModeEvidence(Reading.notMeasured("nobody looked"), tenants));
        }
    }

    @Test
    void believesTenantsThatSawTheSameGpu() throws InterruptedException {
        ModeProof proof = proof(false, "GPU-a", "GPU-b", "GPU-a", "");
        assertThat(proof.proven()).isTrue();
        assertThat(proof.evidence()).containsExactly("2 tenants saw GPU-a: 0, 2", "1 tenant saw GPU-b: 1");
    }

    @Test
    void doesNotBelieveThatTenantsSharedWhoSawDifferentOnes() throws InterruptedException {
        assertThat(proof(false, "GPU-a", "GPU-b").evidence()).first().isEqualTo("no two tenants shared a GPU");
        assertThat(proof(false, "GPU-a", "GPU-b").proven()).isFalse();
    }

    @Test
    void doesNotBelieveOneThatDoesNotSay() throws InterruptedException {
        assertThat(proof(false, "GPU-a", "GPU-a", "?").proven()).isFalse();
    }

    @Test
    void provesNothingOfAnMpsThatItCannotSee() throws InterruptedException {
        assertThat(proof(true, "GPU-a", "GPU-a").proven()).isFalse();
    }

    @Test
    void needsNoProofWhereNobodyUsesAGpu() throws InterruptedException {
        assertThat(proof(false, "", "").proven()).isTrue();
    }
}
