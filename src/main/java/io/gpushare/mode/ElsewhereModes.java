package io.gpushare.mode;

import io.gpushare.gpu.DriverPause;
import io.gpushare.mode.ModeEvidence.TenantEvidence;
import io.gpushare.text.Amount;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Where tenants use GPUs of other machines: nothing is set up, and who shares one is told by the tenants alone. */
public final class ElsewhereModes implements ModeAdapter {
    private final boolean mps;

    /** @param mps whether somebody else's MPS is to share them */
    public ElsewhereModes(boolean mps) {
        this.mps = mps;
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
        return new TheirWord(
                Collections.nCopies(tenants, alone()), request.mode().concurrent(), mps);
    }

    private record TheirWord(List<Placement> placements, boolean together, boolean mps) implements ActiveMode {
        @Override
        public void look() {}

        @Override
        public ModeProof prove(ModeEvidence evidence) {
            List<String> against = new ArrayList<>();
            Map<String, List<String>> byGpu = new TreeMap<>();
            int users = 0;
            for (int number = 0; number < evidence.tenants().size(); number++) {
                TenantEvidence tenant = evidence.tenants().get(number);
                if (!tenant.usesGpu()) {
                    continue;
                }
                users++;
                if (tenant.device().isEmpty()) {
                    against.add("tenant " + number + " did not say which GPU it has");
                } else {
                    byGpu.computeIfAbsent(tenant.device().get(), _ -> new ArrayList<>())
                            .add(Integer.toString(number));
                }
            }
            if (users == 0) {
                return new ModeProof(true, List.of("no GPU took part"));
            }
            if (mps) {
                against.add("the site's MPS was asked for, of which gpushare cannot see who its clients are");
            }
            boolean shared = byGpu.values().stream().anyMatch(tenants -> tenants.size() > 1);
            if (together && users > 1 && !shared) {
                against.add("no two tenants shared a GPU");
            }
            List<String> sentences = new ArrayList<>(against);
            byGpu.forEach((gpu, tenants) -> sentences.add(words(gpu, tenants)));
            return new ModeProof(against.isEmpty(), sentences);
        }

        private static String words(String gpu, List<String> tenants) {
            return Amount.of(tenants.size(), "tenant") + " saw " + gpu + ": "
                    + tenants.stream().collect(Collectors.joining(", "));
        }

        @Override
        public void close() {}
    }
}
