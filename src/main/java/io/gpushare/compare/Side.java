package io.gpushare.compare;

import io.gpushare.results.benchmark.Verdict;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.imported.ImportedBenchmarks;
import io.gpushare.results.stored.Origin;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.Family;
import io.gpushare.study.Section;
import io.gpushare.study.Study;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.metric.Metrics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The baseline, or what is compared with it.
 *
 * @param name what the user gave
 * @param leftOut runs that do not count, and why
 */
public record Side(String name, List<Group> groups, List<LeftOut> leftOut) {
    /** They say with other words what STP and slowdown say, and would count a difference twice. */
    private static final Set<String> DERIVED =
            Set.of(Metrics.GPUS_SAVED.key(), Metrics.GPU_TIME_AGAINST_ALONE.key(), Metrics.OVERHEAD.key());

    public Side {
        groups = List.copyOf(groups);
        leftOut = List.copyOf(leftOut);
    }

    /** @param reason continues "… was left out: " */
    public record LeftOut(String file, String reason) {}

    public static Side of(String name, Study study, List<ImportedBenchmarks> imported) {
        List<Group> groups = new ArrayList<>();
        for (Section section : study.sections()) {
            for (Family family : section.families()) {
                for (MixStudy mix : family.mixes()) {
                    mix.arms().forEach(arm -> groups.add(of(section, mix, arm)));
                }
            }
        }
        groups.addAll(ForeignGroups.of(imported));
        return new Side(
                name,
                groups,
                Stream.concat(
                                study.leftOut().stream().map(Side::leftOut),
                                study.repeats().stream().map(Side::repeat))
                        .toList());
    }

    private static Group of(Section section, MixStudy mix, Arm arm) {
        List<Group.Measure> measures = arm.estimates().values().stream()
                .filter(estimate -> !DERIVED.contains(estimate.metric().key()))
                .map(estimate -> new Group.Measure(estimate.metric(), estimate.values()))
                .toList();
        return new Group(
                mix.mix(),
                mix.tenants(),
                arm.key().label(),
                arm.key().runtime(),
                arm.key().coresPerTenant(),
                section.gpu(),
                section.simulated(),
                false,
                "gpushare",
                arm.runs().size(),
                0,
                arm.runs().stream().map(Side::fileName).toList(),
                measures,
                latenciesPerSec(mix, arm),
                Circumstances.of(arm.runs().stream().map(StoredRun::result).toList()));
    }

    private static Map<String, Double> latenciesPerSec(MixStudy mix, Arm arm) {
        Map<String, Double> least = new HashMap<>();
        for (StoredRun run : arm.runs()) {
            double seconds = run.result().timeline().windowS();
            for (MixStudy.VariantCount variant : mix.counts()) {
                long count = run.latencies(variant.variant()).count();
                if (seconds > 0) {
                    least.merge(variant.variant(), count / seconds, Math::min);
                }
            }
        }
        return least;
    }

    private static LeftOut repeat(StoredRun run) {
        return new LeftOut(fileName(run), "a simulated run again, with the same numbers");
    }

    private static LeftOut leftOut(StoredRun run) {
        if (run.origin() == Origin.JOURNAL) {
            return new LeftOut(fileName(run), "interrupted");
        }
        Verdict verdict = run.result().verdict();
        String reasons = verdict.findings().stream()
                .map(Finding::reason)
                .map(Verdict.Reason::words)
                .distinct()
                .collect(Collectors.joining(", "));
        return new LeftOut(fileName(run), "INVALID" + (reasons.isEmpty() ? "" : " (" + reasons + ")"));
    }

    private static String fileName(StoredRun run) {
        return String.valueOf(run.file().getFileName());
    }

    boolean isSimulated() {
        return !groups.isEmpty() && groups.stream().allMatch(Group::simulated);
    }

    boolean isMeasured() {
        return !groups.isEmpty() && groups.stream().noneMatch(Group::simulated);
    }
}
