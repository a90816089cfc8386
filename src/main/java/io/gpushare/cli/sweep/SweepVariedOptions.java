package io.gpushare.cli.sweep;

import io.gpushare.cli.option.OptionSection;
import io.gpushare.cli.option.OptionText;
import io.gpushare.experiment.sweep.ModeSetting;
import io.gpushare.experiment.sweep.SweepDraft;
import io.gpushare.experiment.sweep.SweepPlan;
import io.gpushare.experiment.sweep.Turns;
import io.gpushare.failure.GpushareException;
import io.gpushare.plan.PlanText;
import io.gpushare.text.Numbers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** What differs from cell to cell: each is a list, and the matrix has all combinations that mean something. */
final class SweepVariedOptions implements OptionSection {
    private static final Pattern SETTING = Pattern.compile("([^.=]+\\.[^=]+)=(.*)", Pattern.DOTALL);
    private static final long MOST_TENANTS = 256;

    @Option(
            names = "--modes",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "MODE,…",
            description = "Ways of sharing, as bench --mode names them. Default: time-slicing,mps.")
    private List<String> modes = new ArrayList<>();

    @Option(
            names = "--workloads",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "N,…",
            description = "How many tenants there are. Default: one for each workload of a mix, or 4.")
    private List<String> counts = new ArrayList<>();

    @Option(
            names = "--workload",
            paramLabel = "NAME[:N],…",
            description = "A mix: tenants run these in turn. Repeat it for other mixes.")
    private List<String> workloads = new ArrayList<>();

    @Option(
            names = "--mix",
            paramLabel = "KIND=N,…",
            description = "A mix by kinds, as bench --mix takes it. Repeat it for others. Default: one of each.")
    private List<String> mixes = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "NAME.PARAMETER=VALUE,…",
            description =
                    "Values of a workload's parameter, as resnet-infer.batch=1,8,32; llm-server.load_total.rate=4,8"
                            + " is shared by all its tenants. Repeatable.")
    private List<String> parameters = new ArrayList<>();

    @Option(
            names = "--thread-percentage",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "[WHO=]N,…",
            description = "MPS: shares of the SMs for a tenant, as 25,50,100.")
    private List<String> threadPercentages = new ArrayList<>();

    @Option(
            names = "--memory-limit",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "[WHO=]SIZE,…",
            description = "MPS: device memory for a tenant, as 8GiB,16GiB.")
    private List<String> memoryLimits = new ArrayList<>();

    @Option(
            names = "--priority",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "[WHO=]P,…",
            description = "MPS: normal or low, as stream=normal,stream=low.")
    private List<String> priorities = new ArrayList<>();

    @Option(
            names = "--quantum",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "LENGTH,…",
            description = "time-slicing: default, short, medium, long.")
    private List<String> quanta = new ArrayList<>();

    @Option(
            names = "--profiles",
            paramLabel = "PROFILE[:N],…",
            description = "mig: a layout, as bench --profiles takes it. Repeat it for others. Default: balanced.")
    private List<String> profiles = new ArrayList<>();

    @Option(
            names = "--layers",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "FILE|none,…",
            description = "What is put on tenants, as bench --layer takes it; none, to compare with.")
    private List<String> layers = new ArrayList<>();

    @Override
    public String heading() {
        return "What is varied";
    }

    /** Whether there is anything to make a sweep of without a plan. */
    boolean saySomething() {
        return !modes.isEmpty() || !counts.isEmpty() || !workloads.isEmpty() || !mixes.isEmpty();
    }

    void applyTo(SweepDraft draft) {
        if (!modes.isEmpty()) {
            List<String> named = modes.stream()
                    .map(name -> PlanText.isPath(name) ? absolute(name) : name)
                    .toList();
            read("--modes", () -> draft.modes(named));
        }
        applyMixes(draft);
        if (!counts.isEmpty()) {
            read(
                    "--workloads",
                    () -> draft.tenants(counts.stream()
                            .map(text -> (int) Numbers.within(text, 1, MOST_TENANTS))
                            .toList()));
        }
        settings().forEach((setting, values) -> read(setting.option(), () -> draft.setting(setting, values)));
        if (!layers.isEmpty()) {
            read(
                    "--layers",
                    () -> draft.layers(layers.stream()
                            .map(path -> path.equals(SweepPlan.Varied.NO_LAYER) ? path : absolute(path))
                            .toList()));
        }
        applyParameters(draft);
    }

    private void applyMixes(SweepDraft draft) {
        List<Turns> all = new ArrayList<>();
        workloads.forEach(text ->
                read("--workload " + text, () -> all.add(Turns.ofWorkloads(text, SweepVariedOptions::absolute))));
        mixes.forEach(text -> all.add(Turns.ofKinds(text)));
        if (!all.isEmpty()) {
            draft.mixes(all);
        }
    }

    private Map<ModeSetting, List<String>> settings() {
        Map<ModeSetting, List<String>> all = new EnumMap<>(ModeSetting.class);
        all.put(ModeSetting.THREAD_PERCENTAGE, threadPercentages);
        all.put(ModeSetting.MEMORY_LIMIT, memoryLimits);
        all.put(ModeSetting.PRIORITY, priorities);
        all.put(ModeSetting.QUANTUM, quanta);
        all.put(ModeSetting.PROFILES, profiles);
        all.values().removeIf(List::isEmpty);
        return all;
    }

    private void applyParameters(SweepDraft draft) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String text : parameters) {
            Matcher matcher = SETTING.matcher(text);
            if (!matcher.matches()) {
                throw GpushareException.usage(
                        "--set " + text + " does not say which workload, parameter and values",
                        "Write it as --set resnet-infer.batch=1,8,32.");
            }
            List<String> more = List.of(matcher.group(2).split(",", -1));
            values.computeIfAbsent(matcher.group(1), _ -> new ArrayList<>()).addAll(more);
        }
        values.forEach((parameter, all) -> read("--set " + parameter, () -> draft.parameter(parameter, all)));
    }

    private static String absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize().toString();
    }

    private static void read(String option, Runnable meaning) {
        OptionText.read("sweep", option, () -> {
            meaning.run();
            return true;
        });
    }
}
