package io.gpushare.experiment.sweep;

import io.gpushare.failure.GpushareException;
import io.gpushare.load.words.LoadShares;
import io.gpushare.plan.PlanDraft;
import io.gpushare.plan.WorkloadSource;
import io.gpushare.study.metric.SloText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A sweep in the making: a file says one thing, options beside it another, and what neither says is usual. */
public final class SweepDraft {
    private static final List<String> USUAL_MODES = List.of("time-slicing", "mps");

    private SweepPlan.About about = new SweepPlan.About("", "");
    private List<String> modes = USUAL_MODES;
    private List<Turns> mixes = List.of(Turns.usual());
    private List<Integer> tenants = List.of();
    private final Map<ModeSetting, List<String>> settings = new EnumMap<>(ModeSetting.class);
    private final Map<String, List<String>> parameters = new LinkedHashMap<>();
    private Rounds rounds = Rounds.USUAL;
    private long orderSeed = 1;
    private Optional<CoolDown> coolDown = Optional.empty();
    private Optional<String> prepare = Optional.empty();
    private boolean baselines = true;
    private List<String> slos = List.of();
    private List<String> layers = List.of(SweepPlan.Varied.NO_LAYER);
    private Optional<GeometryChoice> geometry = Optional.empty();
    private String neighbour = SweepPlan.Geometry.USUAL_NEIGHBOUR;
    private Optional<Duration> within = Optional.empty();
    private final PlanDraft conditions;

    public SweepDraft(WorkloadSource workloads) {
        this.conditions = new PlanDraft(workloads);
    }

    /** Where tenants run and how they are measured. */
    public PlanDraft conditions() {
        return conditions;
    }

    void about(SweepPlan.About wanted) {
        about = wanted;
    }

    public void modes(List<String> wanted) {
        modes = once("mode", wanted);
    }

    public void mixes(List<Turns> wanted) {
        mixes = List.copyOf(wanted);
    }

    public void tenants(List<Integer> wanted) {
        tenants = once("number of tenants", wanted);
    }

    /** Those of the same setting before are forgotten. */
    public void setting(ModeSetting setting, List<String> values) {
        settings.put(setting, once("value", values));
    }

    /**
     * Those of the same parameter before are forgotten.
     *
     * @param parameter as {@code resnet-infer.batch}
     */
    public void parameter(String parameter, List<String> values) {
        if (!parameter.matches("[^.]+\\..+")) {
            throw new IllegalArgumentException(
                    "'" + parameter + "' does not say which workload and parameter; write it as resnet-infer.batch");
        }
        Parameter named = Parameter.named(parameter);
        named.loadOfAll().ifPresent(word -> values.forEach(value -> LoadShares.of(word, value, 1)));
        parameters.put(parameter, once("value", values));
        requireOneLoad(named.workload());
    }

    private void requireOneLoad(String workload) {
        List<Parameter> loads = parameters.keySet().stream()
                .map(Parameter::named)
                .filter(parameter -> parameter.workload().equals(workload) && parameter.saysHowMuchLoad())
                .toList();
        if (loads.size() > 1 && loads.stream().anyMatch(load -> load.loadOfAll().isPresent())) {
            throw new IllegalArgumentException("the load on '" + workload + "' is said as "
                    + loads.stream().map(Parameter::name).collect(Collectors.joining(" and as "))
                    + "; leave out one of them");
        }
    }

    /** @param wanted paths of files, or {@code none} */
    public void layers(List<String> wanted) {
        layers = once("layer", wanted);
    }

    void geometry(GeometryChoice wanted) {
        geometry = Optional.of(wanted);
    }

    void neighbour(String wanted) {
        neighbour = wanted;
    }

    public void within(Duration wanted) {
        within = Optional.of(wanted);
    }

    /** As a word or number: see {@link Rounds#with}. */
    public void rounds(String wanted) {
        rounds = rounds.with(wanted);
    }

    public void atMostRounds(String wanted) {
        rounds = rounds.atMost(wanted);
    }

    public void orderSeed(long wanted) {
        orderSeed = wanted;
    }

    public void coolDown(CoolDown wanted) {
        coolDown = Optional.of(wanted);
    }

    public void prepare(String wanted) {
        prepare = Optional.of(wanted);
    }

    /** @param wanted {@code run} or {@code none} */
    public void baseline(String wanted) {
        baselines = switch (wanted) {
            case "run" -> true;
            case "none" -> false;
            default ->
                throw new IllegalArgumentException("must be run or none: each round measures baselines of its own");
        };
    }

    public void slos(List<String> wanted) {
        wanted.forEach(SloText::parse);
        slos = List.copyOf(wanted);
    }

    private static <T> List<T> once(String what, List<T> values) {
        List<T> seen = new ArrayList<>();
        for (T value : values) {
            if (seen.contains(value)) {
                throw new IllegalArgumentException("the " + what + " " + value + " is given twice");
            }
            seen.add(value);
        }
        return List.copyOf(seen);
    }

    private Optional<SweepPlan.Geometry> geometry() {
        if (geometry.isEmpty()) {
            return Optional.empty();
        }
        if (!tenants.isEmpty() || settings.containsKey(ModeSetting.PROFILES)) {
            throw GpushareException.usage(
                    "the sweep goes through the divisions of the GPU, which say how many tenants there are in which"
                            + " profiles",
                    "Leave out --workloads and --profiles, or `geometry` in the plan.");
        }
        return Optional.of(new SweepPlan.Geometry(geometry.get(), neighbour));
    }

    public SweepPlan plan() {
        return new SweepPlan(
                about,
                new SweepPlan.Varied(modes, mixes, tenants, settings, parameters, layers, geometry()),
                new SweepPlan.Conduct(rounds, orderSeed, coolDown, prepare, baselines, slos, within),
                conditions);
    }
}
