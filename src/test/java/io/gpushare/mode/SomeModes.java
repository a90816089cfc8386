package io.gpushare.mode;

import io.gpushare.mode.ModeEvidence.TenantEvidence;
import io.gpushare.mode.ModeRequest.TenantNeeds;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Requests, places and evidence of the plainest kind. */
public final class SomeModes {
    private SomeModes() {}

    /** For tenants without settings of their own. */
    public static ModeRequest request(SharingMode mode, int tenants) {
        return new ModeRequest(mode, Collections.nCopies(tenants, TenantNeeds.NONE), false);
    }

    public static Placement wholeGpu(String uuid) {
        return new Placement(Optional.of(uuid), Optional.of(uuid), Map.of(), List.of());
    }

    /** Of a tenant that tells what it sees, and did not fail. */
    public static TenantEvidence tenant(
            boolean usesGpu,
            Optional<String> device,
            OptionalInt smCount,
            OptionalLong freeBytes,
            Set<Integer> processes) {
        return new TenantEvidence(
                true, usesGpu, device, smCount, freeBytes, processes, Optional.empty(), false, Optional.empty());
    }
}
