package io.gpushare.experiment.sweep;

import io.gpushare.failure.GpushareException;
import io.gpushare.failure.Spelling;
import io.gpushare.mode.MigLayoutText;
import io.gpushare.mode.SharingMode;
import io.gpushare.mode.config.ModeSource;
import io.gpushare.mode.mig.MigGeometry;
import io.gpushare.plan.Layer;
import io.gpushare.plan.LayerText;
import io.gpushare.plan.PlanDraft;
import io.gpushare.plan.RunPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** All combinations of what a sweep varies: modes × settings × mixes × tenants × parameters × layers. */
final class Combinations {
    private final SweepPlan.Varied varied;
    private final PlanDraft conditions;
    private final Map<String, SharingMode> modes = new LinkedHashMap<>();
    private final List<Optional<Layer>> layers;
    private final MigOffer offer;

    Combinations(SweepPlan plan, ModeSource source, MigOffer offer) {
        this.offer = offer;
        this.varied = plan.varied();
        this.conditions = plan.conditions();
        varied.modes().forEach(name -> modes.put(name, source.find(name)));
        varied.settings().forEach(this::check);
        layers = varied.layers().stream()
                .map(path -> path.equals(SweepPlan.Varied.NO_LAYER)
                        ? Optional.<Layer>empty()
                        : Optional.of(LayerText.read(Path.of(path))))
                .toList();
    }

    private void check(ModeSetting setting, List<String> values) {
        SharingMode owner = modes.values().stream()
                .filter(setting::appliesTo)
                .findFirst()
                .orElseThrow(() -> GpushareException.usage(
                        "none of the modes " + String.join(", ", varied.modes()) + " has the setting "
                                + setting.option(),
                        "Add a mode that has it to --modes, or leave it out."));
        values.forEach(value -> Combination.check(setting, value, owner, conditions));
    }

    List<Combination> all() {
        List<Combination> all = new ArrayList<>();
        modes.forEach((name, mode) -> {
            for (Map<ModeSetting, String> settings : products(varied.settings(), setting -> setting.appliesTo(mode))) {
                for (Divided divided : divided(mode, settings)) {
                    Set<String> workloads = names(divided.tenants());
                    products(varied.parameters(), parameter -> workloads.contains(workloadOf(parameter)))
                            .forEach(parameters -> layers.forEach(layer -> all.add(new Combination(
                                    name, mode, divided.tenants(), divided.settings(), parameters, layer))));
                }
            }
        });
        requireSomebody();
        return all;
    }

    private record Divided(List<String> tenants, Map<ModeSetting, String> settings) {}

    /** Where the sweep goes through the divisions of the GPU, each has its own tenants. */
    private List<Divided> divided(SharingMode mode, Map<ModeSetting, String> settings) {
        if (varied.geometry().isEmpty() || !ModeSetting.PROFILES.appliesTo(mode)) {
            return tenants().stream()
                    .map(tenants -> new Divided(tenants, settings))
                    .toList();
        }
        SweepPlan.Geometry geometry = varied.geometry().get();
        List<Divided> divided = new ArrayList<>();
        for (Turns mix : varied.mixes()) {
            List<String> first = mix.tenants(OptionalInt.of(1));
            for (MigGeometry each : geometry.choice().of(offer.of(alone(first)))) {
                List<String> tenants = new ArrayList<>(first);
                tenants.addAll(Collections.nCopies(each.neighbours(), geometry.neighbour()));
                divided.add(new Divided(
                        tenants,
                        with(settings, ModeSetting.PROFILES, String.join(",", MigLayoutText.write(each.layout())))));
            }
        }
        return divided;
    }

    private RunPlan alone(List<String> tenant) {
        Combination alone = new Combination(
                Combination.EXCLUSIVE, new SharingMode.Exclusive(), tenant, Map.of(), Map.of(), Optional.empty());
        return alone.plan(alone.draft(conditions));
    }

    private List<List<String>> tenants() {
        List<OptionalInt> counts = varied.tenants().isEmpty()
                ? List.of(OptionalInt.empty())
                : varied.tenants().stream().map(OptionalInt::of).toList();
        return varied.mixes().stream()
                .flatMap(mix -> counts.stream().map(mix::tenants))
                .distinct()
                .toList();
    }

    /** By their names, which the paths of their files do not tell. */
    private Set<String> names(List<String> references) {
        PlanDraft draft = conditions.underTheSameConditions();
        references.stream().distinct().forEach(reference -> draft.addTenants(reference, 1, Map.of()));
        return draft.tenants().stream()
                .map(tenant -> tenant.workload().name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String workloadOf(String parameter) {
        return Parameter.named(parameter).workload();
    }

    /** Of a parameter's workload that no mix has. */
    private void requireSomebody() {
        Set<String> all = names(
                varied.mixes().stream().flatMap(mix -> mix.workloads().stream()).toList());
        varied.parameters().keySet().stream()
                .filter(parameter -> !all.contains(workloadOf(parameter)))
                .findFirst()
                .ifPresent(parameter -> {
                    throw GpushareException.usage(
                            "no tenant runs '" + workloadOf(parameter) + "', for which " + parameter + " is set",
                            Spelling.advice(workloadOf(parameter), all));
                });
    }

    /** One value of each that means something, in all ways; a single empty way where none does. */
    private static <K> List<Map<K, String>> products(Map<K, List<String>> values, Predicate<K> means) {
        List<Map<K, String>> products = List.of(Map.of());
        for (Map.Entry<K, List<String>> entry : values.entrySet()) {
            if (means.test(entry.getKey())) {
                products = products.stream()
                        .flatMap(
                                product -> entry.getValue().stream().map(value -> with(product, entry.getKey(), value)))
                        .toList();
            }
        }
        return products;
    }

    private static <K> Map<K, String> with(Map<K, String> product, K key, String value) {
        Map<K, String> more = new LinkedHashMap<>(product);
        more.put(key, value);
        return more;
    }
}
