package io.gpushare.experiment.sweep;

import io.gpushare.failure.GpushareException;
import io.gpushare.load.words.LoadShares;
import io.gpushare.load.words.LoadWords;
import io.gpushare.mode.SharingMode;
import io.gpushare.plan.BaselineChoice;
import io.gpushare.plan.Layer;
import io.gpushare.plan.PlanDraft;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.TenantPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One of all combinations of what a sweep varies, whether it makes sense or not.
 *
 * @param modeName as the mode was named
 * @param tenants what finds the workload of each
 * @param settings of the mode
 * @param parameters of workloads, as {@code resnet-infer.batch}
 * @param layer put on all tenants
 */
record Combination(
        String modeName,
        SharingMode mode,
        List<String> tenants,
        Map<ModeSetting, String> settings,
        Map<String, String> parameters,
        Optional<Layer> layer) {
    static final String EXCLUSIVE = "exclusive";

    /** A variant alone on the whole GPU. */
    static Combination alone(TenantPlan variant) {
        Map<String, String> parameters = new LinkedHashMap<>();
        variant.settings()
                .forEach((name, value) -> parameters.put(variant.workload().name() + "." + name, value));
        return new Combination(
                EXCLUSIVE,
                new SharingMode.Exclusive(),
                List.of(variant.reference()),
                Map.of(),
                parameters,
                Optional.empty());
    }

    /** @throws GpushareException (status USAGE) for a workload, parameter or value that there is not */
    PlanDraft draft(PlanDraft conditions) {
        PlanDraft draft = conditions.underTheSameConditions();
        draft.mode(mode);
        // Each round measures baselines of its own, in runs of their own.
        draft.baseline(new BaselineChoice.None());
        tenants.forEach(reference -> draft.addTenants(reference, 1, Map.of()));
        parameters.forEach((name, value) -> {
            Parameter parameter = Parameter.named(name);
            if (parameter.loadOfAll().isEmpty()) {
                draft.set(parameter.workload(), parameter.name(), value);
            }
        });
        layer.ifPresent(draft::layer);
        return draft;
    }

    /**
     * @param draft of this
     * @throws GpushareException (status USAGE) where it makes no sense as a whole
     */
    RunPlan plan(PlanDraft draft) {
        settings.forEach((setting, value) -> setting.apply(value, draft));
        // Not before: a load that is too little for so many tenants leaves out this one combination.
        parameters.forEach((name, value) -> {
            Parameter parameter = Parameter.named(name);
            parameter.loadOfAll().ifPresent(word -> draft.shareLoad(parameter.workload(), word, value));
        });
        return draft.plan();
    }

    String name(PlanDraft draft) {
        Map<String, String> words = new LinkedHashMap<>();
        settings.forEach((setting, value) -> words.put(setting.inNames(), value));
        List<TenantPlan> all = draft.tenants();
        boolean one =
                all.stream().map(tenant -> tenant.workload().name()).distinct().count() == 1;
        all.forEach(tenant -> said(tenant, all)
                .forEach((setting, value) ->
                        words.put(one ? setting : tenant.workload().name() + "." + setting, value)));
        layer.ifPresent(put -> words.put("layer", put.name()));
        return CellName.of(modeName, all, words);
    }

    /** What is set of a tenant, in order. One server alone has all the load, and is called as its baseline is. */
    private Map<String, String> said(TenantPlan tenant, List<TenantPlan> all) {
        String workload = tenant.workload().name();
        boolean alone = all.stream()
                        .filter(other -> other.workload().name().equals(workload))
                        .count()
                == 1;
        Map<String, String> said = new TreeMap<>(tenant.settings());
        parameters.forEach((name, value) -> {
            Parameter parameter = Parameter.named(name);
            parameter
                    .loadOfAll()
                    .filter(_ -> parameter.workload().equals(workload))
                    .ifPresent(word -> said.put(
                            (alone ? LoadWords.PREFIX : LoadShares.PREFIX) + word,
                            LoadShares.of(word, value, 1).getFirst()));
        });
        return said;
    }

    /** Values that no mode could have are a slip of the keyboard: found before anything is made of them. */
    static void check(ModeSetting setting, String value, SharingMode mode, PlanDraft conditions) {
        PlanDraft trial = conditions.underTheSameConditions();
        trial.mode(mode);
        try {
            setting.apply(value, trial);
        } catch (IllegalArgumentException refused) {
            throw GpushareException.usage(
                    setting.option() + ": " + refused.getMessage(), "`gpushare sweep --help` shows what it takes.");
        } catch (GpushareException _) {
            // A setting of some tenants: who they are is not known here.
        }
    }
}
