package io.gpushare.mode;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.gpu.DriverPause;
import io.gpushare.mode.ModeEvidence.Listing;
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
        return placed(mps, "any", gpus);
    }

    /** @param gpus of those with an at sign the node follows */
    private static ModeProof placed(boolean mps, String placement, String... gpus) throws InterruptedException {
        List<TenantEvidence> tenants = Arrays.stream(gpus)
                .map(gpu -> new TenantEvidence(
                        true,
                        !gpu.isEmpty() && !gpu.startsWith("@"),
                        Optional.of(gpu.split("@", -1)[0]).filter(uuid -> uuid.startsWith("GPU")),
                        OptionalInt.empty(),
                        OptionalLong.empty(),
                        Set.of(),
                        gpu.contains("@") ? Optional.of(gpu.split("@", -1)[1]) : Optional.empty(),
                        false,
                        Optional.empty()))
                .toList();
        try (ActiveMode mode = new ElsewhereModes(mps, Whereabouts.parse(placement))
                .activate(SomeModes.request(SharingMode.timeSlicing(), gpus.length), DriverPause.NONE)) {
            return mode.prove(new ModeEvidence(Reading.notMeasured("nobody looked"), tenants, List.of()));
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

    /** @param listings by the driver of the node, of a tenant each: of so many looks, so many as a client, and plain */
    private static ModeProof listed(SharingMode wanted, Listing... listings) throws InterruptedException {
        List<TenantEvidence> tenants = Arrays.stream(listings)
                .map(listing -> new TenantEvidence(
                        true,
                        true,
                        Optional.of("GPU-a"),
                        OptionalInt.empty(),
                        OptionalLong.empty(),
                        Set.of(),
                        Optional.of("n1"),
                        false,
                        Optional.of(listing).filter(known -> known.looks() > 0)))
                .toList();
        try (ActiveMode mode = new ElsewhereModes(wanted instanceof SharingMode.Mps, new Whereabouts.Anywhere())
                .activate(SomeModes.request(wanted, listings.length), DriverPause.NONE)) {
            return mode.prove(new ModeEvidence(Reading.notMeasured("nobody looked"), tenants, List.of()));
        }
    }

    @Test
    void believesTheDriversOfNodesThatTenantsWereClientsOfMps() throws InterruptedException {
        ModeProof proof = listed(SharingMode.mps(), new Listing(3, 3, 0), new Listing(3, 3, 0));
        assertThat(proof.proven()).isTrue();
        assertThat(proof.evidence())
                .first()
                .isEqualTo(
                        "2 tenants of 2 on GPUs were clients of MPS each time that the driver of the node was asked");
    }

    @Test
    void oneTenantWithoutMpsSpoilsItsProof() throws InterruptedException {
        Listing client = new Listing(3, 3, 0);
        for (Listing other :
                List.of(new Listing(3, 0, 3), new Listing(3, 2, 0), new Listing(3, 0, 0), new Listing(0, 0, 0))) {
            assertThat(listed(SharingMode.mps(), client, other).proven())
                    .as(other.toString())
                    .isFalse();
        }
    }

    @Test
    void clientsOfMpsTookNoTurns() throws InterruptedException {
        assertThat(listed(SharingMode.timeSlicing(), new Listing(3, 0, 3), new Listing(3, 0, 3))
                        .proven())
                .isTrue();
        assertThat(listed(SharingMode.timeSlicing(), new Listing(3, 0, 3), new Listing(3, 1, 2))
                        .evidence())
                .first()
                .isEqualTo("tenant 1 was a client of MPS, by the word of its node's driver");
    }

    @Test
    void needsNoProofWhereNobodyUsesAGpu() throws InterruptedException {
        assertThat(proof(false, "", "").proven()).isTrue();
    }

    @Test
    void provesThatAllSawOneGpu() throws InterruptedException {
        assertThat(placed(false, "same-gpu", "GPU-a@n1", "GPU-a@n1").proven()).isTrue();
        assertThat(placed(false, "same-gpu", "GPU-a@n1", "GPU-b@n1", "GPU-a@n1").evidence())
                .containsExactly(
                        "the tenants were to be on one GPU, and were on 2 GPUs",
                        "2 tenants saw GPU-a: 0, 2",
                        "1 tenant saw GPU-b: 1",
                        "3 tenants ran on the node n1: 0, 1, 2");
    }

    /** With one each there is nobody to share with. */
    @Test
    void provesThatTenantsWereSpread() throws InterruptedException {
        assertThat(placed(false, "spread", "GPU-a@n1", "GPU-b@n2").proven()).isTrue();
        assertThat(placed(false, "spread", "@n1", "@n2", "@n1").proven()).isTrue();
        assertThat(placed(false, "spread", "@n1", "@n1").evidence())
                .contains("the tenants were to be spread, and were on 1 node");
        assertThat(placed(false, "spread", "@n1", "@n1", "@n1", "@n2").evidence())
                .contains("the tenants were to be spread, and of one node there were 3, of another 1");
    }

    @Test
    void provesOnWhichNodeTenantsRan() throws InterruptedException {
        assertThat(placed(false, "node=n1", "@n1", "@n1").proven()).isTrue();
        assertThat(placed(false, "node=n1", "@n1", "@n2").evidence())
                .contains("the tenants were to be on the node n1, and were on n1, n2");
        assertThat(placed(false, "node=n1", "", "").proven()).isFalse();
    }
}
