package io.gpushare.study.arm;

import com.fasterxml.jackson.databind.JsonNode;
import io.gpushare.results.benchmark.RunResult;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The MIG instances of a run whose plan left their choice to gpushare: those that its tenants saw. */
final class GivenInstances {
    /** At the end of what CUDA calls a device. */
    private static final Pattern PROFILE = Pattern.compile(" MIG (\\d\\S*)$");

    private GivenInstances() {}

    /** As people write them, the largest first: {@code 2g.35gb:2}. */
    static List<String> of(RunResult run) {
        Map<String, Integer> counts = new TreeMap<>(Comparator.reverseOrder());
        run.tenants().stream()
                .flatMap(tenant -> tenant.start().said().stream())
                .map(said -> said.path("device").path("name"))
                .map(JsonNode::asText)
                .map(PROFILE::matcher)
                .filter(Matcher::find)
                .forEach(profile -> counts.merge(profile.group(1), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + (entry.getValue() == 1 ? "" : ":" + entry.getValue()))
                .toList();
    }
}
