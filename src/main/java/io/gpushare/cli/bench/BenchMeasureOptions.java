package io.gpushare.cli.bench;

import io.gpushare.cli.option.OptionSection;
import io.gpushare.cli.option.OptionText;
import io.gpushare.plan.BaselineChoice;
import io.gpushare.plan.PlanDraft;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the run is measured. */
final class BenchMeasureOptions implements OptionSection {
    @Mixin
    private MeasuringOptions measuring = new MeasuringOptions();

    @Option(
            names = "--baseline",
            paramLabel = "none|run|FILE,…",
            description = "Speed alone: none, files, or measured. Default: run.")
    private @Nullable String baseline;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "Measure the shared run N times, for intervals. Default: 1.")
    private @Nullable Integer repeat;

    @Override
    public String heading() {
        return measuring.heading();
    }

    void applyTo(PlanDraft draft) {
        measuring.applyTo(draft);
        if (baseline != null) {
            draft.baseline(
                    switch (baseline) {
                        case "none" -> new BaselineChoice.None();
                        case "run" -> new BaselineChoice.Run();
                        default -> new BaselineChoice.FromFile(files(baseline));
                    });
        }
        OptionText.given(repeat, draft::repeat);
    }

    /** One whose own name has a comma is meant as it is. */
    private static List<Path> files(String text) {
        Stream<String> names = Files.exists(Path.of(text)) ? Stream.of(text) : Stream.of(text.split(",", -1));
        return names.map(name -> Path.of(name).toAbsolutePath().normalize()).toList();
    }
}
