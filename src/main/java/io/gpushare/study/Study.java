package io.gpushare.study;

import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.StudyOptions;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What runs say together.
 *
 * @param leftOut INVALID and INTERRUPTED runs, which no number counts
 * @param repeats simulated runs that are another one again: no number counts them
 */
public record Study(StudyOptions options, List<Section> sections, List<StoredRun> leftOut, List<StoredRun> repeats) {
    public Study {
        sections = List.copyOf(sections);
        leftOut = List.copyOf(leftOut);
        repeats = List.copyOf(repeats);
    }

    public static Study of(List<StoredRun> runs, StudyOptions options) {
        return Studying.of(runs, options);
    }

    /** Those that are known of a run, each once. */
    public Collection<Metric> metrics() {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        sections.stream()
                .flatMap(Section::arms)
                .flatMap(arm -> arm.estimates().values().stream())
                .forEach(estimate -> metrics.putIfAbsent(estimate.metric().key(), estimate.metric()));
        return metrics.values();
    }
}
