package io.gpushare.study;

import io.gpushare.results.reading.StoredRun;
import java.util.List;

/**
 * What runs say together.
 *
 * @param leftOut INVALID and INTERRUPTED runs, which no number counts
 */
public record Study(StudyOptions options, List<Section> sections, List<StoredRun> leftOut) {
    public Study {
        sections = List.copyOf(sections);
        leftOut = List.copyOf(leftOut);
    }

    public static Study of(List<StoredRun> runs, StudyOptions options) {
        return Studying.of(runs, options);
    }
}
