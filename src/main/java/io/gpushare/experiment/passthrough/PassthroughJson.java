package io.gpushare.experiment.passthrough;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.results.RecordJson;
import io.gpushare.results.ToolVersion;
import java.util.Locale;

/** What was found out, for programs. */
public final class PassthroughJson {
    private static final int SCHEMA_VERSION = 1;

    private PassthroughJson() {}

    public static ObjectNode of(Passthrough found) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("schema_version", SCHEMA_VERSION)
                .put("tool_version", ToolVersion.current().toString())
                .put("simulated", found.simulated())
                .put("where", found.where())
                .put("answer", word(found.answer()))
                .put("text", PassthroughWords.answer(found))
                .put("combinations", Combination.count(found.gpus()))
                .put("states_planned", found.planned())
                .put("states_measured", found.states().size());
        ArrayNode failed = node.putArray("states_failed");
        found.failed().forEach(state -> failed.add(state.folder()));
        node.set("ramp", StateJson.of(found.plan().ramp()));
        ArrayNode gpus = node.putArray("gpus");
        for (int gpu = 0; gpu < found.gpus(); gpu++) {
            ObjectNode one = gpus.addObject().put("index", found.index(gpu)).put("verdict", word(found.verdict(gpu)));
            if (!found.tellings().isEmpty()) {
                put(one, found.tellings().get(gpu));
            }
            String best = found.best(gpu).map(SensorShare::sensor).orElse(null);
            one.put("told_most_by", best);
        }
        RecordJson.put(node, "sensors", found.sensors());
        return node;
    }

    private static void put(ObjectNode node, Telling telling) {
        node.put("states", telling.states())
                .put("told_right", telling.right())
                .put("told_right_whether_it_works", telling.rightWhetherItWorks())
                .put("right_share_by_guessing", telling.guessedShare())
                .put("load_error", telling.error())
                .put("as_well_by_chance", telling.chance());
        ObjectNode told = node.putObject("told");
        for (Load was : Load.values()) {
            ObjectNode row = told.putObject(was.toString());
            for (Load said : Load.values()) {
                row.put(said.toString(), telling.of(was, said));
            }
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
