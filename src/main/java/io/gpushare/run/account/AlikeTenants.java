package io.gpushare.run.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.mode.ModeKind;
import io.gpushare.plan.TenantPlan;
import java.util.Optional;

/** Tenants are alike that do the same, within the same limits, on the same device. Each MIG instance is another. */
final class AlikeTenants {
    private AlikeTenants() {}

    /**
     * The same word for those that are alike.
     *
     * @param said in its hello, where there was one
     */
    static String word(TenantPlan tenant, ModeKind mode, Optional<ObjectNode> said) {
        String device = mode == ModeKind.MIG
                ? Integer.toString(tenant.number())
                : said.map(hello -> hello.at("/device/uuid").asText()).orElse("");
        return tenant.label() + " on " + device;
    }
}
