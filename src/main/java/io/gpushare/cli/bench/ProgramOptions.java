package io.gpushare.cli.bench;

import io.gpushare.cli.option.OptionText;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.MpsSettings;
import io.gpushare.plan.AdHocWorkload;
import io.gpushare.plan.PlanDraft;
import io.gpushare.text.Durations;
import io.gpushare.text.Shell;
import io.gpushare.workload.ForeignText;
import io.gpushare.workload.Workload;
import io.gpushare.workload.output.ForeignProgram;
import io.gpushare.workload.output.ForeignProgram.Lifetime;
import io.gpushare.workload.output.ForeignProgram.Readiness;
import io.gpushare.workload.output.MeasureRule;
import io.gpushare.workload.output.RuleText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Tenants that are programs of somebody's own, named by their command, which know nothing of gpushare. */
final class ProgramOptions {
    private static final String IMAGE = "image:";

    @Option(
            names = "--tenant",
            paramLabel = "COMMAND",
            description = "Your own program: '[image:NAME] python train.py'. Repeatable.")
    private List<String> commands = new ArrayList<>();

    @Option(
            names = "--measure",
            paramLabel = "RULE",
            description = "What it prints that counts: 'it/s=([0-9.]+) it/s', or tqdm.")
    private List<String> measures = new ArrayList<>();

    @Option(
            names = "--ready",
            paramLabel = "REGEX|TIME",
            description = "It works once it printed this, or after this time; else at once.")
    private @Nullable String ready;

    @Option(names = "--to-the-end", description = "Measure its whole life although there is a --measure.")
    private boolean toTheEnd;

    boolean given() {
        return !commands.isEmpty();
    }

    /** @param tenants how many in all; they go round what is named */
    void addTo(PlanDraft draft, int tenants) {
        ForeignProgram program = program();
        List<Workload> workloads = commands.stream()
                .map(line -> OptionText.read("--tenant " + line, () -> workload(line, program)))
                .toList();
        for (int place = 0; place < workloads.size(); place++) {
            // One after the other where there are several of each: the order of the command line is that of a turn.
            int count = tenants / workloads.size() + (place < tenants % workloads.size() ? 1 : 0);
            if (count > 0) {
                draft.addPrograms(workloads.get(place), count, MpsSettings.NONE);
            }
        }
    }

    int usualCount() {
        return commands.size();
    }

    void refuseWithoutTenant() {
        if (!measures.isEmpty() || ready != null || toTheEnd) {
            throw GpushareException.usage(
                    "--measure, --ready and --to-the-end say how the programs of --tenant are understood, and there is"
                            + " none",
                    "Name a program with --tenant 'COMMAND'.");
        }
    }

    private static Workload workload(String line, ForeignProgram program) {
        List<String> words = new ArrayList<>(Shell.words(line));
        Optional<String> image = Optional.empty();
        if (!words.isEmpty() && words.getFirst().startsWith(IMAGE)) {
            image = Optional.of(words.removeFirst().substring(IMAGE.length())).filter(name -> !name.isEmpty());
        }
        if (words.isEmpty()) {
            throw new IllegalArgumentException("it names no program");
        }
        return AdHocWorkload.of(AdHocWorkload.nameOf(words), words, image, Path.of(""), Map.of(), program);
    }

    private ForeignProgram program() {
        List<MeasureRule> rules = new ArrayList<>();
        measures.forEach(text -> rules.addAll(OptionText.read("--measure " + text, () -> RuleText.parse(text))));
        Lifetime lifetime = toTheEnd ? Lifetime.COMPLETE : ForeignProgram.usualLifetime(rules);
        return new ForeignProgram(rules, readiness(), lifetime, false);
    }

    private Readiness readiness() {
        String text = ready;
        if (text == null) {
            return new Readiness.AtOnce();
        }
        return text.matches("\\d+(\\.\\d+)?(ms|s|m|h)")
                ? new Readiness.After(OptionText.read("--ready", () -> Durations.parse(text)))
                : new Readiness.Printed(OptionText.read("--ready", () -> ForeignText.pattern(text)));
    }
}
