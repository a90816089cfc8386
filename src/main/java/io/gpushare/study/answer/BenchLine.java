package io.gpushare.study.answer;

import io.gpushare.cores.Pin;
import io.gpushare.mode.MigLayout;
import io.gpushare.mode.MigLayoutText;
import io.gpushare.mode.ModeKind;
import io.gpushare.mode.MpsDaemonChoice;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.SharingMode;
import io.gpushare.mode.config.ModeText;
import io.gpushare.plan.GpuAccessChoice;
import io.gpushare.plan.GpuChoice;
import io.gpushare.plan.KubernetesWishes;
import io.gpushare.plan.PlanText;
import io.gpushare.plan.PrecisionGoal;
import io.gpushare.plan.RecordedPlan;
import io.gpushare.plan.RuntimeChoice;
import io.gpushare.plan.SlurmWishes;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.text.Durations;
import io.gpushare.text.Shell;
import io.gpushare.text.Sizes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command that measures a run's plan again, or with something changed; ready to paste into a shell.
 *
 * @param place on which GPU, and all else that the command needs beside mode and tenants
 * @param ofTenants settings of single tenants under MPS, and those who are only watched
 */
record BenchLine(
        List<String> place,
        SharingMode mode,
        List<Alike> tenants,
        List<String> ofTenants,
        Duration duration,
        int repeat) {
    /** Enough for a difference between two ways of sharing to be shown. */
    static final int REPEATS = 5;

    private static final Duration USUAL_DURATION = Duration.ofSeconds(10);
    /** The most MIG instances on the GPUs that are divided most finely. */
    private static final int MOST_INSTANCES = 7;

    /** The clients that the MPS server of every driver serves; newer ones serve more. */
    private static final int MOST_CLIENTS = 48;

    /**
     * Tenants that do the same.
     *
     * @param workload what finds it again: its name, or the path of its file
     * @param settings of the workload, as {@code resnet-train.batch=128}
     */
    record Alike(String workload, int count, List<String> settings) {
        Alike {
            settings = List.copyOf(settings);
        }

        private Stream<String> words() {
            String tenants = count == 1 ? workload : workload + ":" + count;
            return Stream.concat(
                    Stream.of("--workload " + Shell.quoted(tenants)),
                    settings.stream().map(setting -> "--set " + Shell.quoted(setting)));
        }
    }

    BenchLine {
        place = List.copyOf(place);
        tenants = List.copyOf(tenants);
        ofTenants = List.copyOf(ofTenants);
    }

    /** Empty for a plan that options cannot say: settings are given by workload, and here one has several. */
    static Optional<BenchLine> of(RunResult run) {
        Map<String, SortedMap<String, String>> known = new HashMap<>();
        List<Alike> tenants = new ArrayList<>();
        List<String> ofTenants = new ArrayList<>();
        for (RunResult.Planned planned : run.planned()) {
            String workload = planned.workload();
            if (planned.alike().reference().isEmpty()) {
                return Optional.empty();
            }
            SortedMap<String, String> settings = planned.alike().settings();
            if (!known.getOrDefault(workload, settings).equals(settings)) {
                return Optional.empty();
            }
            boolean first = known.put(workload, settings) == null;
            List<String> words = settings.entrySet().stream()
                    .map(setting -> workload + "." + setting.getKey() + "=" + setting.getValue())
                    .toList();
            tenants.add(new Alike(planned.alike().reference(), planned.alike().count(), first ? words : List.of()));
            if (first) {
                ofTenants.addAll(options(planned.alike().mps(), workload + "="));
            }
        }
        run.plan().attached().forEach(watched -> ofTenants.add("--attach " + Shell.quoted(watched.targetText())));
        Duration duration = run.plan().duration().orElse(USUAL_DURATION);
        return Optional.of(new BenchLine(place(run.plan()), run.mode(), tenants, ofTenants, duration, 1));
    }

    private static List<String> place(RecordedPlan plan) {
        List<String> words = new ArrayList<>();
        switch (plan.gpu()) {
            case GpuChoice.Simulated simulated -> words.add("--simulate=" + Shell.quoted(simulated.text()));
            case GpuChoice.Any() -> {}
            case GpuChoice.None() -> {
                if (!plan.runtime().elsewhere()) {
                    words.add("--gpu none");
                }
            }
            case GpuChoice.Named(String name) -> words.add("--gpu " + Shell.quoted(name));
            case GpuChoice.Several several -> words.add("--gpu " + Shell.quoted(several.text()));
        }
        if (!plan.simulated() && plan.runtime() != RuntimeChoice.AUTO) {
            words.add("--runtime " + PlanText.text(plan.runtime()));
        }
        if (!plan.slurm().equals(SlurmWishes.NONE)) {
            words.add("--slurm " + Shell.quoted(plan.slurm().text()));
        }
        if (!plan.kubernetes().equals(KubernetesWishes.NONE)) {
            words.add("--kubernetes " + Shell.quoted(plan.kubernetes().text()));
        }
        if (!plan.simulated() && !plan.pin().equals(Pin.DEFAULT)) {
            words.add("--pin " + plan.pin());
        }
        plan.layer().ifPresent(name -> words.add("--layer " + Shell.quoted(name + ".yaml")));
        plan.binds().forEach(bind -> words.add("--bind " + Shell.quoted(bind)));
        if (plan.gpuAccess() != GpuAccessChoice.AUTO) {
            words.add("--gpu-access " + PlanText.text(plan.gpuAccess()));
        }
        if (plan.allowBusy()) {
            words.add("--allow-busy");
        }
        PrecisionGoal precision = plan.precision();
        if (precision.percent() != PrecisionGoal.DEFAULT.percent() || precision.untilReached()) {
            words.add((precision.untilReached() ? "--until-precise " : "--precision ") + precision.text());
        }
        precision.atMost().ifPresent(limit -> words.add("--at-most " + Durations.text(limit)));
        plan.gpuCostPerHour().ifPresent(cost -> words.add("--gpu-cost-per-hour " + cost));
        return words;
    }

    private static List<String> options(SharingMode mode) {
        List<String> words = new ArrayList<>();
        switch (mode) {
            case SharingMode.Exclusive() -> {}
            case SharingMode.TimeSlicing(var quantum) ->
                quantum.ifPresent(length -> words.add("--quantum " + length.text()));
            case SharingMode.Mps(MpsSettings settings, MpsDaemonChoice daemon, boolean exclusiveProcess) -> {
                words.addAll(options(settings, ""));
                if (exclusiveProcess) {
                    words.add("--exclusive-process");
                }
                if (daemon instanceof MpsDaemonChoice.Existing(Path folder)) {
                    words.add("--mps-daemon " + Shell.quoted(folder.toString()));
                }
            }
            case SharingMode.Mig(MigLayout layout, var mps) -> {
                if (!(layout instanceof MigLayout.Balanced)) {
                    words.add("--profiles "
                            + MigLayoutText.write(layout).stream()
                                    .map(Shell::quoted)
                                    .collect(Collectors.joining(",")));
                }
                mps.ifPresent(settings -> {
                    words.add("--mps");
                    words.addAll(options(settings, ""));
                });
            }
        }
        return words;
    }

    /** @param who of them, as {@code stream=}; nobody in particular when it is empty */
    private static List<String> options(MpsSettings settings, String who) {
        List<String> words = new ArrayList<>();
        settings.threadPercentage()
                .ifPresent(percentage -> words.add("--thread-percentage " + Shell.quoted(who + percentage)));
        settings.memoryLimitBytes()
                .ifPresent(bytes -> words.add("--memory-limit " + Shell.quoted(who + Sizes.text(bytes))));
        settings.priority().ifPresent(priority -> words.add("--priority " + Shell.quoted(who + priority.text())));
        return words;
    }

    /** Returns the same bench in another mode, without any settings of that mode. */
    BenchLine inMode(ModeKind kind) {
        return new BenchLine(place, ModeText.plain(kind), tenants, List.of(), duration, repeat);
    }

    /** Through MPS, with one more setting of some tenants: {@code --priority stream=low}. */
    BenchLine withMps(String option) {
        if (!(mode instanceof SharingMode.Mps)) {
            return inMode(ModeKind.MPS).withMps(option);
        }
        List<String> more = new ArrayList<>(ofTenants);
        more.add(option);
        return new BenchLine(place, mode, tenants, more, duration, repeat);
    }

    /** Doubles the tenants; empty where a GPU is not divided into so many, or one MPS server does not serve so many. */
    Optional<BenchLine> twice() {
        List<Alike> doubled = tenants.stream()
                .map(alike -> new Alike(alike.workload(), 2 * alike.count(), alike.settings()))
                .toList();
        int count = doubled.stream().mapToInt(Alike::count).sum();
        boolean room = switch (mode) {
            case SharingMode.Exclusive() -> true;
            case SharingMode.TimeSlicing _ -> true;
            case SharingMode.Mps _ -> count <= MOST_CLIENTS;
            case SharingMode.Mig(MigLayout layout, var mps) ->
                mps.isPresent() || (layout instanceof MigLayout.Balanced && count <= MOST_INSTANCES);
        };
        return room ? Optional.of(new BenchLine(place, mode, doubled, ofTenants, duration, repeat)) : Optional.empty();
    }

    BenchLine repeated(int times) {
        return new BenchLine(place, mode, tenants, ofTenants, duration, times);
    }

    String text() {
        List<String> words = new ArrayList<>(List.of("gpushare", "bench"));
        words.addAll(place);
        words.add("--mode " + mode.kind());
        words.addAll(options(mode));
        tenants.stream().flatMap(Alike::words).forEach(words::add);
        words.addAll(ofTenants);
        words.add("--duration " + Durations.text(duration));
        if (repeat > 1) {
            words.add("--repeat " + repeat);
        }
        return String.join(" ", words);
    }
}
