package io.gpushare.study;

import io.gpushare.results.reading.StoredRun;
import java.util.List;

final class Studying {
    private Studying() {}

    static Study of(List<StoredRun> runs, StudyOptions options) {
        return new Study(options, List.of(), List.copyOf(runs));
    }
}
