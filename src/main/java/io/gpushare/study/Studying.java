package io.gpushare.study;

import com.fasterxml.jackson.databind.JsonNode;
import io.gpushare.reading.GpuMetric;
import io.gpushare.results.benchmark.GpuUse;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.answer.MixAnswers;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.Arms;
import io.gpushare.study.arm.MixKey;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.metric.Baselines;
import io.gpushare.study.metric.RunFacts;
import io.gpushare.study.metric.StudyOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sorts runs into what may be compared. */
public final class Studying {
    private static final Comparator<Map.Entry<Apart, List<StoredRun>>> MEASURED_AND_LARGEST_FIRST =
            Comparator.comparing((Map.Entry<Apart, List<StoredRun>> entry) ->
                            !entry.getKey().hasGpu())
                    .thenComparing(entry -> entry.getKey().simulated())
                    .thenComparingInt(entry -> -entry.getValue().size())
                    .thenComparing(
                            entry -> entry.getKey().gpu() + entry.getKey().card());

    private final StudyOptions options;
    private final Map<Apart, List<StoredRun>> repeats = new HashMap<>();

    private Studying(StudyOptions options) {
        this.options = options;
    }

    /** What keeps runs apart: nothing of one is ever compared with something of another. */
    private record Apart(boolean simulated, String gpu, String card) {
        boolean hasGpu() {
            return !gpu.equals(RunFacts.NO_GPU);
        }
    }

    static Study of(List<StoredRun> all, StudyOptions options) {
        Studying studying = new Studying(options);
        List<StoredRun> repeats = studying.simulatedAgain(all);
        Set<StoredRun> again = Collections.newSetFromMap(new IdentityHashMap<>());
        again.addAll(repeats);
        List<StoredRun> runs = all.stream().filter(run -> !again.contains(run)).toList();
        List<StoredRun> leftOut =
                runs.stream().filter(run -> !studying.counts(run)).toList();
        studying.repeats.putAll(Arms.grouped(repeats, studying::apart));
        Map<Apart, List<StoredRun>> sections = Arms.grouped(runs, studying::apart);
        List<Section> studied = sections.entrySet().stream()
                .sorted(MEASURED_AND_LARGEST_FIRST)
                .filter(entry -> entry.getValue().stream().anyMatch(studying::counts))
                .map(entry -> studying.section(entry.getKey(), entry.getValue()))
                .toList();
        return new Study(options, studied, leftOut, repeats);
    }

    /** A run that ended before its tenants had done anything has nothing to count, whatever is asked for. */
    private boolean counts(StoredRun run) {
        boolean believed = options.includeInvalid() || run.result().verdict().valid();
        return believed
                && run.result().tenants().stream()
                        .anyMatch(tenant -> tenant.unitsPerSec().asOptional().isPresent());
    }

    private Apart apart(StoredRun run) {
        RunFacts facts = RunFacts.of(run);
        return new Apart(run.result().simulated(), facts.gpu(), options.byCard() ? facts.card() : "");
    }

    private Section section(Apart apart, List<StoredRun> runs) {
        List<StoredRun> counting = runs.stream().filter(this::counts).toList();
        List<RunFacts> facts = counting.stream().map(RunFacts::of).toList();
        Baselines baselines = Baselines.of(runs.stream()
                .filter(run -> counts(run) || run.result().verdict().refutesOnlyBaselines())
                .toList());
        Arms arms = new Arms(options, idleW(counting), baselines, this::counts, usual(counting));
        List<Family> families = new ArrayList<>();
        Arms.grouped(runs, run -> MixKey.of(run.result()).family()).forEach((name, ofFamily) -> {
            List<MixStudy> mixes = mixes(ofFamily, arms);
            if (!mixes.isEmpty()) {
                families.add(FamilyStudy.of(name, mixes, baselines, options));
            }
        });
        List<String> cautions = new ArrayList<>(StudyCautions.of(
                counting, runs, repeats.getOrDefault(apart, List.of()).size(), baselines, options));
        SpreadWords.of(families).ifPresent(cautions::add);
        families.sort(Comparator.comparing(Studying::leavesNoChoice).thenComparing(Family::name));
        return new Section(
                apart.gpu(),
                apart.simulated(),
                counting.size(),
                apart.hasGpu() && !apart.simulated() ? distinct(facts, RunFacts::card) : List.of(),
                apart.hasGpu() ? distinct(facts, RunFacts::driver) : List.of(),
                families,
                Interference.of(families),
                SliceStudies.of(counting, options, idleW(counting)),
                LoadStudies.of(counting, arms, options),
                cautions);
    }

    /** What there is something to decide in comes first. */
    private static boolean leavesNoChoice(Family family) {
        return family.mixes().stream().allMatch(mix -> mix.arms().size() < 2);
    }

    private static Arms.Usual usual(List<StoredRun> runs) {
        return new Arms.Usual(
                most(runs, run -> RunFacts.of(run).runtime()),
                most(runs, run -> run.result().coresPerTenant()),
                most(runs, run -> run.result().otherCards()));
    }

    private static <T> T most(List<StoredRun> all, Function<StoredRun, T> what) {
        Map<T, Long> runs = all.stream().collect(Collectors.groupingBy(what, TreeMap::new, Collectors.counting()));
        return Collections.max(runs.entrySet(), Map.Entry.comparingByValue()).getKey();
    }

    private List<MixStudy> mixes(List<StoredRun> runs, Arms arms) {
        List<MixStudy> mixes = new ArrayList<>();
        Map<MixKey, List<StoredRun>> byMix =
                new TreeMap<>(Comparator.comparingInt(MixKey::tenants).thenComparing(MixKey::words));
        byMix.putAll(Arms.grouped(runs, run -> MixKey.of(run.result())));
        byMix.forEach((mix, ofMix) -> {
            List<Arm> compared = arms.of(ofMix);
            if (!compared.isEmpty()) {
                mixes.add(MixAnswers.of(mix, compared, options));
            }
        });
        return mixes;
    }

    /**
     * The least power seen in any window: an upper bound of what idling takes, because the driver's power is a mean
     * over a second, and tenants' windows begin with it still low.
     */
    private static OptionalDouble idleW(List<StoredRun> runs) {
        return runs.stream()
                .flatMap(run -> Stream.concat(
                        Stream.of(run.result().gpu()),
                        run.result().baselines().stream().map(baseline -> baseline.gpu())))
                .flatMap(gpu -> gpu.asOptional().stream())
                .flatMap(use -> Stream.of(GpuMetric.POWER_RECORDED_W, GpuMetric.POWER_W)
                        .flatMap(name -> use.levels(name).stream()))
                .mapToDouble(GpuUse.Levels::min)
                .min();
    }

    private static List<String> distinct(List<RunFacts> facts, Function<RunFacts, String> what) {
        return facts.stream().map(what).distinct().sorted().toList();
    }

    private record Simulated(JsonNode plan, String card) {}

    /**
     * Simulated runs of one plan with one seed, all of each but the first of those that count. The model's random
     * numbers follow the seed: such runs are one run that was written down several times, and say nothing of a spread.
     */
    private List<StoredRun> simulatedAgain(List<StoredRun> runs) {
        Set<Simulated> known = new HashSet<>();
        return runs.stream()
                .filter(run -> hasSeed(run.result()))
                .filter(this::counts)
                .filter(run -> !known.add(new Simulated(
                        run.result().plan().document(), RunFacts.of(run).card())))
                .toList();
    }

    private static boolean hasSeed(RunResult run) {
        return run.simulated() && run.plan().document().has("seed");
    }
}
