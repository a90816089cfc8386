package io.gpushare.cli.stress;

import io.gpushare.cli.bench.TenantSettingText;
import io.gpushare.cli.option.OptionSection;
import io.gpushare.cli.option.OptionText;
import io.gpushare.failure.GpushareException;
import io.gpushare.plan.Mix;
import io.gpushare.plan.PlanDraft;
import io.gpushare.plan.PlanText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the tenants run, in turn, however many they are. */
final class StressTenantOptions implements OptionSection {
    private static final String USUAL = "resnet-infer";

    @Option(
            names = "--workload",
            paramLabel = "NAME",
            description = "What tenants run; your own by the path of its file. Repeat it, and they run these in turn."
                    + " Default: " + USUAL + ".")
    private List<String> named = new ArrayList<>();

    @Option(
            names = "--mix",
            paramLabel = "KIND=N,…",
            description = "Kinds in turn instead: training, inference, interactive, stress.")
    private @Nullable String mix;

    @Option(
            names = "--set",
            paramLabel = "NAME.PARAMETER=VALUE",
            description = "A workload's parameter, as resnet-infer.batch=16. Repeatable.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--env",
            paramLabel = "NAME[=VALUE]",
            description = "A variable that tenants get besides the usual ones, as in `gpushare bench`. Repeatable.")
    private List<String> environment = new ArrayList<>();

    @Override
    public String heading() {
        return "Tenants";
    }

    /** Adds those of one turn. */
    void addTurn(PlanDraft draft) {
        if (!named.isEmpty() && mix != null) {
            throw GpushareException.usage(
                    "--workload names what tenants run, and --mix would choose it", "Leave out one of them.");
        }
        turn().forEach(name -> draft.addTenants(TenantSettingText.reference(name), 1, Map.of()));
        TenantSettingText.applyTo(draft, settings);
    }

    private List<String> turn() {
        if (mix != null) {
            Mix kinds = Mix.parse(mix);
            return kinds.workloads(kinds.turns().size());
        }
        return named.isEmpty() ? List.of(USUAL) : named;
    }

    void applyEnvironment(PlanDraft draft) {
        draft.environment(OptionText.read("stress", "--env", () -> PlanText.environment(environment)));
    }
}
