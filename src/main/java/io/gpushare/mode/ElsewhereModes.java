package io.gpushare.mode;

import io.gpushare.gpu.DriverPause;
import java.util.Collections;
import java.util.List;

/** Where tenants use GPUs of other machines: nothing is set up, and who shares one is told by the tenants alone. */
public final class ElsewhereModes implements ModeAdapter {
    private final boolean mps;
    private final Whereabouts wanted;

    /**
     * @param mps whether somebody else's MPS is to share them
     * @param wanted where tenants that run together are to be
     */
    public ElsewhereModes(boolean mps, Whereabouts wanted) {
        this.mps = mps;
        this.wanted = wanted;
    }

    @Override
    public Placement alone() {
        return Placement.withoutGpu();
    }

    @Override
    public void require(ModeRequest request) {}

    @Override
    public ActiveMode activate(ModeRequest request, DriverPause readers) {
        int tenants = request.tenants().size();
        return new TheirWord(Collections.nCopies(tenants, alone()), request.mode(), mps, wanted);
    }

    private record TheirWord(List<Placement> placements, SharingMode mode, boolean mps, Whereabouts wanted)
            implements ActiveMode {
        @Override
        public void look() {}

        @Override
        public ModeProof prove(ModeEvidence evidence) {
            ElsewhereProof proof = new ElsewhereProof(evidence.tenants());
            if (mode instanceof SharingMode.Mps) {
                proof.clients();
            } else {
                proof.noClients();
                if (mps) {
                    proof.othersMps();
                }
            }
            if (mode.concurrent()) {
                proof.shared(wanted).placed(wanted, evidence.tenants().size());
            }
            return proof.made();
        }

        @Override
        public void close() {}
    }
}
