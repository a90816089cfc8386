package io.gpushare.run.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.mode.ModeKind;
import io.gpushare.mode.MpsSettings;
import io.gpushare.plan.SomeWorkloads;
import io.gpushare.plan.TenantPlan;
import io.gpushare.workload.Workload;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AlikeTenantsTest {
    private static final Workload WORKLOAD = new SomeWorkloads().find("spin");

    private static String word(int number, Map<String, String> settings, ModeKind mode, String device) {
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        said.putObject("device").put("uuid", device);
        return AlikeTenants.word(
                new TenantPlan(number, WORKLOAD.name(), WORKLOAD, settings, MpsSettings.NONE), mode, Optional.of(said));
    }

    @Test
    void whoDoesTheSameOnTheSameDeviceIsAlike() {
        String first = word(0, Map.of(), ModeKind.MPS, "GPU-1");
        assertThat(word(1, Map.of(), ModeKind.MPS, "GPU-1")).isEqualTo(first);
        assertThat(word(1, Map.of(), ModeKind.MPS, "GPU-2")).isNotEqualTo(first);
        assertThat(word(1, Map.of("batch", "4"), ModeKind.MPS, "GPU-1")).isNotEqualTo(first);
    }

    @Test
    void eachMigInstanceIsAnotherDevice() {
        assertThat(word(0, Map.of(), ModeKind.MIG, "")).isNotEqualTo(word(1, Map.of(), ModeKind.MIG, ""));
    }
}
