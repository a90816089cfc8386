package io.gpushare.cli.bench;

import io.gpushare.cli.option.ModeSettingOptions;
import io.gpushare.cli.option.OptionSection;
import io.gpushare.mode.config.ModeSource;
import io.gpushare.plan.PlanDraft;
import io.gpushare.plan.RunPlan;
import io.gpushare.time.Time;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What tenants share, how, and where they run. */
final class BenchSharingOptions implements OptionSection {
    @Option(
            names = "--mode",
            paramLabel = "MODE",
            completionCandidates = ModeSettingOptions.Kinds.class,
            description =
                    "exclusive (one after another), time-slicing, mps, mig; one of gpu-configs, as mps-4; or a file."
                            + " Default: time-slicing.")
    private @Nullable String mode;

    @Mixin
    private BenchPlaceOptions place = new BenchPlaceOptions();

    @Override
    public String heading() {
        return "Sharing";
    }

    void applyTo(PlanDraft draft, ModeSource modes, ModeSettingOptions settings) {
        applyMode(draft, modes);
        settings.applyTo(draft);
        // What a plan file sets for MPS means nothing in a mode that was chosen instead.
        if (mode != null && draft.mode().mpsSettings().isEmpty()) {
            draft.forgetMpsOfTenants();
        }
        place.applyTo(draft);
    }

    /** The time in which this plan is carried out. */
    Time time(RunPlan plan) {
        return place.time(plan);
    }

    private void applyMode(PlanDraft draft, ModeSource modes) {
        // The settings of a plan file stay when only its mode is said again.
        if (mode == null || mode.equals(draft.mode().kind().toString())) {
            return;
        }
        draft.mode(modes.find(mode));
    }
}
