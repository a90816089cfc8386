package io.gpushare.study.arm;

import com.fasterxml.jackson.databind.JsonNode;
import io.gpushare.results.benchmark.RunResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A mode with all its settings, short enough for a legend: {@code MPS · stream low priority}, {@code MPS 25 %}. */
final class ModeLabel {
    static final String OF_TENANTS = " · ";

    private final String kind;
    private final JsonNode mode;
    private final List<PlannedTenants> tenants;
    private final List<String> given;

    ModeLabel(RunResult run) {
        this.kind = run.mode();
        this.mode = run.plan().path("mode");
        this.tenants = PlannedTenants.of(run);
        this.given = GivenInstances.of(run);
    }

    String text() {
        List<String> settings = new ArrayList<>();
        if (mode.has("quantum")) {
            settings.add(mode.path("quantum").asText() + " turns");
        }
        List<String> profiles = new ArrayList<>();
        mode.path("profiles").forEach(profile -> profiles.add(profile.asText()));
        settings.addAll(profiles.isEmpty() ? given : profiles);
        if (mode.has("mps")) {
            settings.add("with MPS");
        }
        settings.addAll(limits(kind.equals("mig") ? mode.path("mps") : mode));
        if (mode.path("exclusive_process").asBoolean()) {
            settings.add("exclusive process");
        }
        String ofAll = settings.isEmpty() ? name(kind) : name(kind) + " " + String.join(", ", settings);
        List<String> own = ofTenants();
        return own.isEmpty() ? ofAll : ofAll + OF_TENANTS + String.join(", ", own);
    }

    static String name(String kind) {
        return switch (kind) {
            case "mps" -> "MPS";
            case "mig" -> "MIG";
            default -> kind;
        };
    }

    /** By workload, and only where tenants have settings of their own. */
    private List<String> ofTenants() {
        Map<String, Set<String>> byWorkload = new LinkedHashMap<>();
        for (PlannedTenants alike : tenants) {
            List<String> limits = limits(alike.plan().path("mps"));
            if (!limits.isEmpty()) {
                byWorkload
                        .computeIfAbsent(alike.workload(), _ -> new LinkedHashSet<>())
                        .add(String.join(" ", limits));
            }
        }
        return byWorkload.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue().stream().collect(Collectors.joining(" / ")))
                .toList();
    }

    private static List<String> limits(JsonNode settings) {
        List<String> words = new ArrayList<>();
        if (settings.has("thread_percentage")) {
            words.add(settings.path("thread_percentage").asText() + " %");
        }
        if (settings.has("memory_limit")) {
            words.add(settings.path("memory_limit").asText());
        }
        if (settings.has("priority")) {
            words.add(settings.path("priority").asText() + " priority");
        }
        return words;
    }
}
