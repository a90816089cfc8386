package io.gpushare.mode;

import java.util.List;
import java.util.OptionalInt;

/**
 * A mode, and who is to run in it.
 *
 * @param asItIs whether a program of somebody else works on, under which nothing may be changed
 */
public record ModeRequest(SharingMode mode, List<TenantNeeds> tenants, boolean asItIs) {
    public ModeRequest {
        tenants = List.copyOf(tenants);
    }

    /**
     * @param mps its own settings, which come before the mode's
     * @param userId as whom it runs; empty where that is not known
     */
    public record TenantNeeds(MpsSettings mps, OptionalInt userId) {
        public static final TenantNeeds NONE = new TenantNeeds(MpsSettings.NONE, OptionalInt.empty());
    }
}
