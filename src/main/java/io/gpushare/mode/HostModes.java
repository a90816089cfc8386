package io.gpushare.mode;

import io.gpushare.gpu.DriverPause;
import java.util.Collections;
import java.util.List;

/** Where tenants share only the host: there is nothing to set up, and nothing to prove. */
public final class HostModes implements ModeAdapter {

    @Override
    public Placement alone() {
        return Placement.withoutGpu();
    }

    @Override
    public void require(ModeRequest request) {}

    @Override
    public ActiveMode activate(ModeRequest request, DriverPause readers) {
        return new Nothing(Collections.nCopies(request.tenants().size(), alone()));
    }

    private record Nothing(List<Placement> placements) implements ActiveMode {
        @Override
        public void look() {}

        @Override
        public ModeProof prove(ModeEvidence evidence) {
            return new ModeProof(true, List.of("no GPU took part"));
        }

        @Override
        public void close() {}
    }
}
