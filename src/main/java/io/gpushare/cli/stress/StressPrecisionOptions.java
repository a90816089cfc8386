package io.gpushare.cli.stress;

import io.gpushare.cli.bench.BenchPrecisionOptions;
import io.gpushare.cli.option.OptionSection;
import io.gpushare.plan.PlanDraft;
import picocli.CommandLine.Mixin;

/** How each step is measured. */
final class StressPrecisionOptions implements OptionSection {
    @Mixin
    private BenchPrecisionOptions precision = new BenchPrecisionOptions();

    @Override
    public String heading() {
        return "Measuring";
    }

    void applyTo(PlanDraft draft) {
        precision.applyTo(draft);
    }
}
