package io.gpushare.experiment.sweep;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
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
        parameters.forEach((parameter, value) -> {
            int point = parameter.indexOf('.');
            draft.set(parameter.substring(0, point), parameter.substring(point + 1), value);
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
        return draft.plan();
    }

    String name(PlanDraft draft) {
        Map<String, String> words = new LinkedHashMap<>();
        settings.forEach((setting, value) -> words.put(setting.inNames(), value));
        List<TenantPlan> all = draft.tenants();
        boolean one =
                all.stream().map(tenant -> tenant.workload().name()).distinct().count() == 1;
        all.forEach(tenant -> tenant.settings().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(setting -> words.put(
                        one ? setting.getKey() : tenant.workload().name() + "." + setting.getKey(),
                        setting.getValue())));
        layer.ifPresent(put -> words.put("layer", put.name()));
        return CellName.of(modeName, all, words);
    }

    /** Values that no mode could have are a slip of the keyboard: found before anything is made of them. */
    static void check(ModeSetting setting, String value, SharingMode mode, PlanDraft conditions) {
        PlanDraft trial = conditions.underTheSameConditions();
        trial.mode(mode);
        try {
            setting.apply(value, trial);
        } catch (IllegalArgumentException refused) {
            throw new GpushareException(
                    ExitStatus.USAGE,
                    setting.option() + ": " + refused.getMessage(),
                    "`gpushare sweep --help` shows what it takes.");
        } catch (GpushareException _) {
            // A setting of some tenants: who they are is not known here.
        }
    }
}
