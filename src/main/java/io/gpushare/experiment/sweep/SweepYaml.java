package io.gpushare.experiment.sweep;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.plan.PlanJson;
import io.gpushare.plan.PlanText;
import io.gpushare.plan.PlanYaml;
import io.gpushare.text.Durations;
import io.gpushare.text.Numbers;
import io.gpushare.yaml.YamlProperties;
import io.gpushare.yaml.YamlText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A sweep as a file. Strict: whatever it does not know it refuses, with the property, the file and the line. */
public final class SweepYaml {
    private static final int VERSION = 1;
    private static final String VERSION_PROPERTY = "gpushare_sweep";

    private final YamlProperties plan;
    private final SweepDraft draft;

    private SweepYaml(YamlProperties plan, SweepDraft draft) {
        this.plan = plan;
        this.draft = draft;
    }

    public static void read(YamlProperties plan, SweepDraft draft) {
        new SweepYaml(plan, draft).read();
    }

    private void read() {
        if (plan.names().contains("gpushare")) {
            throw plan.problem("gpushare", "this is the plan of a single run; use it as `gpushare bench --plan FILE`");
        }
        if (!plan.text(VERSION_PROPERTY).equals(Integer.toString(VERSION))) {
            throw plan.problem(
                    VERSION_PROPERTY, "must be " + VERSION + ", the version of sweeps that this gpushare reads");
        }
        draft.about(new SweepPlan.About(
                plan.optionalText("title").orElse(""),
                plan.optionalText("description").orElse("")));
        readVaried();
        readConduct();
        PlanYaml.readConditions(plan, draft.conditions());
        plan.refuseOthers();
    }

    private void readVaried() {
        UnaryOperator<String> resolve = path ->
                plan.file().toAbsolutePath().resolveSibling(path).normalize().toString();
        ifThere(
                "modes",
                names -> draft.modes(names.stream()
                        .map(name -> PlanText.isPath(name) ? resolve.apply(name) : name)
                        .toList()));
        readMixes(resolve);
        ifThere(
                "tenants",
                counts -> draft.tenants(counts.stream()
                        .map(count -> (int) Numbers.within(count, 1, 256))
                        .toList()));
        for (ModeSetting setting : ModeSetting.values()) {
            ifThere(setting.property(), values -> draft.setting(setting, values));
        }
        plan.optionalParsed("geometry", GeometryChoice::parse).ifPresent(draft::geometry);
        plan.optionalText("neighbour")
                .map(name -> PlanText.isPath(name) ? resolve.apply(name) : name)
                .ifPresent(draft::neighbour);
        ifThere(
                "layers",
                paths -> draft.layers(paths.stream()
                        .map(path -> path.equals(SweepPlan.Varied.NO_LAYER) ? path : resolve.apply(path))
                        .toList()));
        plan.optionalProperties("set").ifPresent(set -> {
            for (String parameter : set.names()) {
                List<String> values = set.oneOrMoreTexts(parameter);
                set.at(parameter, () -> draft.parameter(parameter, values));
            }
        });
    }

    private void readMixes(UnaryOperator<String> resolve) {
        List<Turns> mixes = new ArrayList<>();
        ifThere("workloads", texts -> texts.forEach(text -> mixes.add(Turns.ofWorkloads(text, resolve))));
        ifThere("mixes", texts -> texts.forEach(text -> mixes.add(Turns.ofKinds(text))));
        if (!mixes.isEmpty()) {
            draft.mixes(mixes);
        }
    }

    private void readConduct() {
        plan.optionalText("rounds").ifPresent(text -> plan.at("rounds", () -> draft.rounds(text)));
        plan.optionalText("at_most_rounds")
                .ifPresent(text -> plan.at("at_most_rounds", () -> draft.atMostRounds(text)));
        plan.optionalParsed("order_seed", text -> Numbers.within(text, Long.MIN_VALUE, Long.MAX_VALUE))
                .ifPresent(draft::orderSeed);
        plan.optionalParsed("cool_down", CoolDown::parse).ifPresent(draft::coolDown);
        plan.optionalText("prepare").ifPresent(draft::prepare);
        plan.optionalText("baseline").ifPresent(word -> plan.at("baseline", () -> draft.baseline(word)));
        ifThere("slo", draft::slos);
        plan.optionalParsed("within", Durations::parse).ifPresent(draft::within);
    }

    private interface Taken {
        void take(List<String> texts);
    }

    private void ifThere(String name, Taken taken) {
        if (plan.has(name)) {
            List<String> texts = plan.oneOrMoreTexts(name);
            plan.at(name, () -> taken.take(texts));
        }
    }

    /** What {@link #read} reads back, wherever it lies. */
    public static String write(SweepPlan plan) {
        return YamlText.of(tree(plan));
    }

    static ObjectNode tree(SweepPlan plan) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put(VERSION_PROPERTY, VERSION);
        putUnlessEmpty(node, "title", plan.about().title());
        putUnlessEmpty(node, "description", plan.about().description());
        putVaried(node, plan.varied());
        SweepPlan.Conduct conduct = plan.conduct();
        if (conduct.rounds().untilDecided()) {
            node.put("rounds", conduct.rounds().text());
            node.put("at_most_rounds", conduct.rounds().atMost());
        } else {
            node.put("rounds", conduct.rounds().last());
        }
        node.put("order_seed", conduct.orderSeed());
        conduct.coolDown().ifPresent(wait -> node.put("cool_down", wait.text()));
        conduct.prepare().ifPresent(command -> node.put("prepare", command));
        node.put("baseline", conduct.baselines() ? "run" : "none");
        put(node, "slo", conduct.slos());
        conduct.within().ifPresent(time -> node.put("within", Durations.text(time)));
        node.setAll(PlanJson.conditions(plan.conditions()));
        return node;
    }

    private static void putVaried(ObjectNode node, SweepPlan.Varied varied) {
        put(node, "modes", varied.modes());
        put(node, "workloads", texts(varied.mixes(), false));
        put(node, "mixes", texts(varied.mixes(), true));
        if (!varied.tenants().isEmpty()) {
            varied.tenants().forEach(node.putArray("tenants")::add);
        }
        varied.settings().forEach((setting, values) -> put(node, setting.property(), values));
        varied.geometry()
                .ifPresent(geometry ->
                        node.put("geometry", geometry.choice().word()).put("neighbour", geometry.neighbour()));
        if (!varied.layers().equals(List.of(SweepPlan.Varied.NO_LAYER))) {
            put(node, "layers", varied.layers());
        }
        if (!varied.parameters().isEmpty()) {
            ObjectNode set = node.putObject("set");
            varied.parameters().forEach((parameter, values) -> put(set, parameter, values));
        }
    }

    private static List<String> texts(List<Turns> mixes, boolean kinds) {
        return mixes.stream()
                .filter(mix -> mix.kinds() == kinds)
                .map(Turns::text)
                .toList();
    }

    private static void put(ObjectNode node, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            texts.forEach(node.putArray(name)::add);
        }
    }

    private static void putUnlessEmpty(ObjectNode node, String name, String text) {
        if (!text.isEmpty()) {
            node.put(name, text);
        }
    }

    /**
     * The properties in which two plans differ, by name. How many rounds there are, how long it may last, and how it is
     * called, is none.
     */
    static List<String> differences(SweepPlan one, SweepPlan other) {
        ObjectNode first = comparable(one);
        ObjectNode second = comparable(other);
        List<String> names = new ArrayList<>();
        first.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !first.path(name).equals(second.path(name)))
                .forEach(names::add);
        second.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !first.has(name))
                .forEach(names::add);
        return names;
    }

    /** Eight hexadecimal digits that tell a plan from another; how many rounds there are does not count. */
    public static String mark(SweepPlan plan) {
        return CellName.mark(comparable(plan).toString());
    }

    private static ObjectNode comparable(SweepPlan plan) {
        return tree(plan).without(List.of("title", "description", "rounds", "at_most_rounds", "within"));
    }

    /** A plan that was recorded in a folder. */
    static SweepPlan recorded(Path file, SweepDraft into) {
        read(YamlProperties.read(file), into);
        return into.plan();
    }
}
