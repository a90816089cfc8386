package io.gpushare.study.arm;

import com.fasterxml.jackson.databind.JsonNode;
import io.gpushare.mode.MigLayout;
import io.gpushare.mode.MigLayoutText;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.SharingMode;
import io.gpushare.results.benchmark.RunResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mode with all its settings, short enough for a legend: {@code MPS · stream low priority}, {@code MPS 25 %}. */
final class ModeLabel {
    /** At the end of what CUDA calls a device. */
    private static final Pattern PROFILE = Pattern.compile(" MIG (\\d\\S*)$");

    private ModeLabel() {}

    static String of(RunResult run) {
        SharingMode mode = run.mode();
        List<String> settings = settings(mode, run);
        String ofAll =
                settings.isEmpty() ? mode.kind().title() : mode.kind().title() + " " + String.join(", ", settings);
        List<String> own = ofTenants(run);
        return own.isEmpty() ? ofAll : ofAll + " · " + String.join(", ", own);
    }

    private static List<String> settings(SharingMode mode, RunResult run) {
        List<String> settings = new ArrayList<>();
        switch (mode) {
            case SharingMode.Exclusive() -> {}
            case SharingMode.TimeSlicing(var quantum) ->
                quantum.ifPresent(length -> settings.add(length.text() + " turns"));
            case SharingMode.Mps(MpsSettings ofAll, var _, boolean exclusiveProcess) -> {
                settings.addAll(ofAll.words());
                if (exclusiveProcess) {
                    settings.add("exclusive process");
                }
            }
            case SharingMode.Mig(MigLayout layout, var mps) -> {
                settings.addAll(layout instanceof MigLayout.Balanced ? given(run) : MigLayoutText.write(layout));
                mps.ifPresent(ofAll -> {
                    settings.add("with MPS");
                    settings.addAll(ofAll.words());
                });
            }
        }
        return settings;
    }

    /**
     * The MIG instances of a run whose plan left their choice to gpushare: those that its tenants saw, as people write
     * them, the largest first: {@code 2g.35gb:2}.
     */
    private static List<String> given(RunResult run) {
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

    /** By workload, and only where tenants have settings of their own. */
    private static List<String> ofTenants(RunResult run) {
        Map<String, Set<String>> byWorkload = new LinkedHashMap<>();
        for (RunResult.Planned planned : run.planned()) {
            MpsSettings own = planned.alike().mps();
            if (!own.equals(MpsSettings.NONE)) {
                byWorkload
                        .computeIfAbsent(planned.workload(), _ -> new LinkedHashSet<>())
                        .add(String.join(" ", own.words()));
            }
        }
        return byWorkload.entrySet().stream()
                .map(entry -> entry.getKey() + " " + String.join(" / ", entry.getValue()))
                .toList();
    }
}
