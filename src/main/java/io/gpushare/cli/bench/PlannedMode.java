package io.gpushare.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.gpushare.results.benchmark.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The mode of a result as its plan has it, in short words: {@code mps (25 %, 8GiB)}. */
final class PlannedMode {
    private final String kind;
    private final JsonNode mode;
    private final JsonNode ofAll;
    /** By number: what is a tenant's own. */
    private final List<JsonNode> own;

    PlannedMode(RunResult result) {
        kind = result.mode();
        mode = result.plan().path("mode");
        ofAll = kind.equals("mig") ? mode.path("mps") : kind.equals("mps") ? mode : mode.path("none");
        own = new ArrayList<>();
        for (JsonNode alike : result.plan().path("tenants")) {
            IntStream.range(0, alike.path("count").asInt(1)).forEach(_ -> own.add(alike.path("mps")));
        }
    }

    String words() {
        List<String> settings = new ArrayList<>();
        if (mode.has("quantum")) {
            settings.add(mode.path("quantum").asText());
        }
        mode.path("profiles").forEach(profile -> settings.add(profile.asText()));
        if (kind.equals("mig") && !ofAll.isMissingNode()) {
            settings.add("mps");
        }
        settings.addAll(limits(ofAll, ofAll));
        if (mode.path("exclusive_process").asBoolean()) {
            settings.add("exclusive process");
        }
        return kind + (settings.isEmpty() ? "" : " (" + String.join(", ", settings) + ")");
    }

    boolean tenantsDiffer() {
        return own.stream().anyMatch(settings -> !settings.isEmpty());
    }

    /** What MPS allowed a tenant, by its own settings or those of all; empty where nothing is said. */
    String limits(int tenant) {
        return tenant < own.size() ? limits(own.get(tenant), ofAll).stream().collect(Collectors.joining(", ")) : "";
    }

    private static List<String> limits(JsonNode own, JsonNode ofAll) {
        List<String> words = new ArrayList<>();
        add(words, own, ofAll, "thread_percentage", " %");
        add(words, own, ofAll, "memory_limit", "");
        add(words, own, ofAll, "priority", " priority");
        return words;
    }

    private static void add(List<String> words, JsonNode own, JsonNode ofAll, String property, String unit) {
        JsonNode value = own.has(property) ? own.path(property) : ofAll.path(property);
        if (!value.isMissingNode()) {
            words.add(value.asText() + unit);
        }
    }
}
