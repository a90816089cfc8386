package io.gpushare.results.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.SharingMode;
import io.gpushare.mode.config.SomeModes;
import io.gpushare.plan.PlanDraft;
import io.gpushare.plan.PlanJson;
import io.gpushare.plan.SomeWorkloads;
import io.gpushare.results.ResultSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PlanInResultTest {
    private static final ResultSchema SCHEMA = ResultSchema.benchmark();

    private static List<SharingMode> modes() {
        return SomeModes.all();
    }

    private static ObjectNode resultOf(SharingMode mode) {
        PlanDraft draft = new PlanDraft(new SomeWorkloads());
        draft.addTenants("notebook", 1, Map.of());
        draft.addTenants("spin", 1, Map.of());
        draft.mode(mode);
        if (mode.mpsSettings().isPresent()) {
            draft.mps("notebook", new MpsSettings(OptionalInt.of(50), OptionalLong.of(1 << 30), Optional.empty()));
        }
        ObjectNode document = RunResultJson.of(ExampleRun.invalid());
        document.set("plan", PlanJson.of(draft.plan()));
        return document;
    }

    @ParameterizedTest
    @MethodSource("modes")
    void everyModeIsInTheSchema(SharingMode mode) {
        assertThat(SCHEMA.problemsOf(resultOf(mode))).isEmpty();
    }

    @Test
    void aSettingThatNobodyKnowsIsNot() {
        ObjectNode document = resultOf(SharingMode.mps());
        ((ObjectNode) document.at("/plan/tenants/0/mps")).put("thread_percentage", 0);
        assertThat(SCHEMA.problemsOf(document)).hasSize(1);
        ObjectNode other = resultOf(SomeModes.all().getLast());
        ((ObjectNode) other.at("/plan/mode")).put("profiles", "1g.18gb");
        assertThat(SCHEMA.problemsOf(other)).isNotEmpty();
    }
}
