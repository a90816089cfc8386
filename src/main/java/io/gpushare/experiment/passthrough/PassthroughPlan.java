package io.gpushare.experiment.passthrough;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.plan.PlanJson;
import io.gpushare.plan.RunPlan;
import io.gpushare.yaml.YamlText;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be measured.
 *
 * @param gpus what tells them apart, in their order
 * @param full of a GPU that has as much to do as it can, and {@code half} of one that has half of that
 * @param combinations at most
 */
public record PassthroughPlan(List<String> gpus, RunPlan full, RunPlan half, int rounds, int combinations, Ramp ramp) {
    private static final int SCHEMA_VERSION = 1;
    private static final String ROUNDS = "rounds";

    public PassthroughPlan {
        gpus = List.copyOf(gpus);
    }

    public List<State> states() {
        return State.ofRounds(rounds, Combination.of(gpus.size(), combinations, full.seed()), full.seed());
    }

    /** Of a GPU with this load, in this state: each has random numbers of its own. */
    public RunPlan plan(Load load, State state) {
        return (load == Load.HALF ? half : full).repetition(state.number());
    }

    ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("schema_version", SCHEMA_VERSION);
        ArrayNode names = node.putArray("gpus");
        gpus.forEach(names::add);
        node.set("full", PlanJson.of(full));
        node.set("half", PlanJson.of(half));
        node.put(ROUNDS, rounds).put("combinations", combinations);
        node.set("ramp", StateJson.of(ramp));
        return node;
    }

    /** In what it differs from one that is recorded, but for the number of rounds, of which there may be more. */
    List<String> differences(JsonNode recorded) {
        List<String> names = new ArrayList<>();
        json().properties().forEach(property -> {
            boolean same = YamlText.of(property.getValue()).equals(YamlText.of(recorded.path(property.getKey())));
            if (!same && !property.getKey().equals(ROUNDS)) {
                names.add(property.getKey());
            }
        });
        return names;
    }
}
