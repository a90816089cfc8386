package io.gpushare.study;

import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.metric.StudyOptions;
import java.util.List;

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

    /** Without repeats. */
    public Study(StudyOptions options, List<Section> sections, List<StoredRun> leftOut) {
        this(options, sections, leftOut, List.of());
    }

    public static Study of(List<StoredRun> runs, StudyOptions options) {
        return Studying.of(runs, options);
    }
}
