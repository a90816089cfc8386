package io.gpushare.cli.option;

import io.gpushare.failure.GpushareException;
import io.gpushare.mode.MigLayout;
import io.gpushare.mode.MigLayoutText;
import io.gpushare.mode.ModeKind;
import io.gpushare.mode.MpsDaemonChoice;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.Quantum;
import io.gpushare.mode.SharingMode;
import io.gpushare.mode.config.ModeText;
import io.gpushare.plan.PlanDraft;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a mode is to be like, beside its name: each option changes one thing of it, whatever file it came from. */
public final class ModeSettingOptions implements OptionSection {
    private static final Set<String> OF_CLIENTS = Set.of("--thread-percentage", "--memory-limit", "--priority");
    private static final Set<String> OF_MPS =
            Set.of("--thread-percentage", "--memory-limit", "--priority", "--exclusive-process", "--mps-daemon");
    private static final Set<String> OF_TIME_SLICING = Set.of("--quantum");
    private static final Set<String> OF_MIG = Set.of("--profiles", "--mps");

    @Option(
            names = "--quantum",
            paramLabel = "LENGTH",
            completionCandidates = Quanta.class,
            description = "time-slicing: default, short, medium or long turns.")
    private @Nullable String quantum;

    @Option(
            names = "--profiles",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "PROFILE[:N],…",
            description =
                    "mig: instances, as 3g.71gb,1g.18gb:4; one profile, for one each; or balanced, the largest that"
                            + " all can have. Default: balanced.")
    private List<String> profiles = new ArrayList<>();

    @Option(
            names = "--mps",
            arity = "0..1",
            paramLabel = "true|false",
            fallbackValue = "true",
            description = "mig: tenants share the instances through MPS.")
    private @Nullable Boolean mpsInside;

    @Option(
            names = "--thread-percentage",
            paramLabel = "[WHO=]N",
            description = "MPS: percent of the SMs, as 25; of one WHO, as stream=50 or 2=50.")
    private List<String> threadPercentages = new ArrayList<>();

    @Option(
            names = "--memory-limit",
            paramLabel = "[WHO=]SIZE",
            description = "MPS: device memory for a tenant, as 8GiB or bert-train=16GiB.")
    private List<String> memoryLimits = new ArrayList<>();

    @Option(
            names = "--priority",
            paramLabel = "[WHO=]P",
            completionCandidates = Priorities.class,
            description = "MPS: normal or low, as stream=low: it lets others pass.")
    private List<String> priorities = new ArrayList<>();

    @Option(
            names = "--exclusive-process",
            arity = "0..1",
            paramLabel = "true|false",
            fallbackValue = "true",
            description = "mps: keep programs without MPS off the GPU; needs root.")
    private @Nullable Boolean exclusiveProcess;

    @Option(
            names = "--mps-daemon",
            paramLabel = "FOLDER",
            description = "mps: use the daemon at this pipe directory, as it is.")
    private @Nullable Path daemon;

    /** Modes without their settings. */
    public static final class Kinds extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Kinds() {
            super(ModeKind.texts());
        }
    }

    static final class Quanta extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Quanta() {
            super(List.of("default", "short", "medium", "long"));
        }
    }

    static final class Priorities extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Priorities() {
            super(List.of("normal", "low"));
        }
    }

    @Override
    public String heading() {
        return "Settings of the mode";
    }

    /** Applies the settings to the whole mode and to single tenants. */
    public void applyTo(PlanDraft draft) {
        applyTo(draft, List.of(draft.mode()));
    }

    /**
     * The same, where the plan's mode is one of several that are tried with the same options: each takes what it has a
     * use for.
     *
     * @throws GpushareException (status USAGE) for an option that none of them has a use for
     */
    public void applyTo(PlanDraft draft, List<SharingMode> all) {
        refuseUseless(all);
        draft.mode(changed(draft.mode()));
        if (draft.mode().mpsSettings().isEmpty()) {
            return;
        }
        MpsChoices choices = mps();
        draft.mpsOfAll(choices.ofAll());
        choices.ofSome().forEach(draft::mps);
    }

    /**
     * What is for single tenants is checked, and left to whoever knows them.
     *
     * @throws GpushareException (status USAGE) for an option that the mode has no use for
     */
    SharingMode over(SharingMode mode) {
        refuseUseless(List.of(mode));
        return changed(mode);
    }

    private SharingMode changed(SharingMode mode) {
        MpsSettings ofAll = mps().ofAll();
        return switch (mode) {
            case SharingMode.Exclusive exclusive -> exclusive;
            case SharingMode.TimeSlicing(Optional<Quantum> earlier) ->
                new SharingMode.TimeSlicing(quantum().or(() -> earlier));
            case SharingMode.Mps(MpsSettings earlier, MpsDaemonChoice earlierDaemon, boolean earlierExclusive) ->
                new SharingMode.Mps(
                        ofAll.over(earlier),
                        daemon == null
                                ? earlierDaemon
                                : new MpsDaemonChoice.Existing(
                                        daemon.toAbsolutePath().normalize()),
                        exclusiveProcess == null ? earlierExclusive : exclusiveProcess);
            case SharingMode.Mig(MigLayout earlier, Optional<MpsSettings> earlierMps) ->
                new SharingMode.Mig(layout().orElse(earlier), inside(earlierMps).map(ofAll::over));
        };
    }

    private Set<String> useful(SharingMode mode) {
        return switch (mode) {
            case SharingMode.Exclusive _ -> Set.of();
            case SharingMode.TimeSlicing _ -> OF_TIME_SLICING;
            case SharingMode.Mps _ -> OF_MPS;
            case SharingMode.Mig(MigLayout _, Optional<MpsSettings> mps) -> {
                Set<String> useful = new HashSet<>(OF_MIG);
                inside(mps).ifPresent(_ -> useful.addAll(OF_CLIENTS));
                yield useful;
            }
        };
    }

    /**
     * For a mode that stays, in which nobody knows who will run.
     *
     * @throws GpushareException (status USAGE) for settings of single tenants
     */
    public SharingMode overForAll(SharingMode mode) {
        mps().ofSome().keySet().stream().findFirst().ifPresent(who -> {
            throw GpushareException.usage(
                    "settings of single tenants, as of " + who + ", belong to `gpushare bench`",
                    "A mode that stays has the same for all programs: write only the value.");
        });
        return over(mode);
    }

    private Optional<MpsSettings> inside(Optional<MpsSettings> earlier) {
        if (mpsInside == null) {
            return earlier;
        }
        return mpsInside ? Optional.of(earlier.orElse(MpsSettings.NONE)) : Optional.empty();
    }

    private Optional<Quantum> quantum() {
        return Optional.ofNullable(quantum).map(name -> OptionText.read("--quantum", () -> ModeText.quantum(name)));
    }

    private Optional<MigLayout> layout() {
        return profiles.isEmpty()
                ? Optional.empty()
                : Optional.of(OptionText.read("--profiles", () -> MigLayoutText.parse(profiles)));
    }

    private MpsChoices mps() {
        return MpsChoices.NONE
                .and("--thread-percentage", threadPercentages, ModeText::threadPercentage)
                .and("--memory-limit", memoryLimits, ModeText::memoryLimit)
                .and("--priority", priorities, ModeText::priority);
    }

    private List<String> given() {
        Map<String, Boolean> all = new LinkedHashMap<>();
        all.put("--quantum", quantum != null);
        all.put("--profiles", !profiles.isEmpty());
        all.put("--mps", mpsInside != null);
        all.put("--thread-percentage", !threadPercentages.isEmpty());
        all.put("--memory-limit", !memoryLimits.isEmpty());
        all.put("--priority", !priorities.isEmpty());
        all.put("--exclusive-process", exclusiveProcess != null);
        all.put("--mps-daemon", daemon != null);
        return all.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
    }

    private void refuseUseless(List<SharingMode> modes) {
        SharingMode mode = modes.getFirst();
        for (String option : given()) {
            if (modes.stream().anyMatch(one -> useful(one).contains(option))) {
                continue;
            }
            ModeKind owner = OF_MPS.contains(option)
                    ? ModeKind.MPS
                    : OF_MIG.contains(option) ? ModeKind.MIG : ModeKind.TIME_SLICING;
            throw GpushareException.usage(
                    option + " belongs to the mode " + owner + ", not to " + mode.kind(),
                    mode instanceof SharingMode.Mig && OF_CLIENTS.contains(option)
                            ? "Add --mps to let tenants share the instances through MPS, or leave it out."
                            : "Choose the mode " + owner + ", or leave it out.");
        }
    }

    /**
     * What options say about MPS: for all tenants, as {@code 25}, or for some, as {@code stream=50}.
     *
     * @param ofSome by the workload of some tenants, or the number of one
     */
    private record MpsChoices(MpsSettings ofAll, Map<String, MpsSettings> ofSome) {
        static final MpsChoices NONE = new MpsChoices(MpsSettings.NONE, Map.of());

        /** Takes what an option says, which may have been given several times. */
        MpsChoices and(String option, List<String> texts, Function<String, MpsSettings> meaning) {
            MpsSettings all = ofAll;
            Map<String, MpsSettings> some = new LinkedHashMap<>(ofSome);
            Set<String> given = new HashSet<>();
            for (String text : texts) {
                int border = text.lastIndexOf('=');
                if (border == 0) {
                    throw GpushareException.usage(
                            option + " " + text + " does not say whose", "Name a workload or a tenant.");
                }
                MpsSettings said = OptionText.read(option, () -> meaning.apply(text.substring(border + 1)));
                if (!given.add(text.substring(0, Math.max(border, 0)))) {
                    throw GpushareException.usage(
                            option + " is given twice for " + (border < 0 ? "all tenants" : text.substring(0, border)),
                            "Leave out one of them.");
                }
                if (border < 0) {
                    all = said.over(all);
                } else {
                    some.merge(text.substring(0, border), said, (earlier, later) -> later.over(earlier));
                }
            }
            return new MpsChoices(all, some);
        }
    }
}
