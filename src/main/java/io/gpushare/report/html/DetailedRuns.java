package io.gpushare.report.html;

import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.Section;
import io.gpushare.study.Study;
import io.gpushare.study.arm.Arm;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The runs whose tenants the page lists one by one: all, or of very many the typical ones first. */
final class DetailedRuns {
    private static final int MOST_TENANTS = 3000;

    private final Set<Path> files = new HashSet<>();
    private int tenants;
    private boolean incomplete;

    private DetailedRuns() {}

    static DetailedRuns of(Study study) {
        DetailedRuns detailed = new DetailedRuns();
        List<Arm> arms = study.sections().stream().flatMap(Section::arms).toList();
        Stream.concat(arms.stream().map(Arm::typical), arms.stream().flatMap(arm -> arm.runs().stream()))
                .forEach(detailed::add);
        return detailed;
    }

    private void add(StoredRun run) {
        if (files.contains(run.file())) {
            return;
        }
        if (tenants + run.result().tenants().size() > MOST_TENANTS) {
            incomplete = true;
            return;
        }
        tenants += run.result().tenants().size();
        files.add(run.file());
    }

    boolean contains(StoredRun run) {
        return files.contains(run.file());
    }

    /** Whether there were too many. */
    boolean incomplete() {
        return incomplete;
    }
}
