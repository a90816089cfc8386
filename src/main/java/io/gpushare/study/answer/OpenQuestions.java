package io.gpushare.study.answer;

import io.gpushare.analysis.MannWhitney;
import io.gpushare.mode.ModeKind;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.Answer.Topic;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.metric.Confidence;
import io.gpushare.study.metric.Metrics;
import io.gpushare.study.metric.RunFacts;
import io.gpushare.text.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the runs of a mix leave open, and the run that would settle it. */
final class OpenQuestions {
    private static final int ENOUGH_RUNS = MannWhitney.leastRuns();

    private OpenQuestions() {}

    static List<Answer> of(List<Arm> sharing) {
        List<Answer> open = new ArrayList<>();
        noBaseline(sharing).ifPresent(open::add);
        otherMode(sharing).ifPresent(open::add);
        fewRuns(sharing).ifPresent(open::add);
        return open;
    }

    private static Optional<Answer> noBaseline(List<Arm> sharing) {
        List<Arm> without = sharing.stream()
                .filter(arm -> arm.estimate(Metrics.STP).isEmpty())
                // Where requests come by the clock, there is none by nature: it answers as many as alone.
                .filter(arm -> arm.typical().result().tenants().stream().noneMatch(TenantResult::isOpenServer))
                .toList();
        if (without.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(open(
                "No baseline that fits for " + names(without)
                        + ": whether a tenant is slowed, starves or is treated unfairly is not known.",
                BenchLine.of(without.getFirst().typical().result())));
    }

    private static Optional<Answer> otherMode(List<Arm> sharing) {
        boolean hasGpu =
                sharing.stream().allMatch(arm -> RunFacts.of(arm.typical()).hasGpu());
        if (sharing.isEmpty() || !hasGpu) {
            return Optional.empty();
        }
        Set<ModeKind> kinds = sharing.stream().map(arm -> arm.key().mode()).collect(Collectors.toSet());
        return Stream.of(ModeKind.MPS, ModeKind.TIME_SLICING)
                .filter(kind -> !kinds.contains(kind))
                .findFirst()
                .map(missing -> open(
                        "This mix was not measured " + within(missing) + ": whether that does more is not known.",
                        BenchLine.of(sharing.getFirst().typical().result())
                                .map(line -> line.inMode(missing).repeated(BenchLine.REPEATS))));
    }

    private static String within(ModeKind mode) {
        return switch (mode) {
            case EXCLUSIVE -> "one after another";
            case TIME_SLICING -> "in time-slicing";
            case MPS -> "through MPS";
            case MIG -> "on a divided GPU";
        };
    }

    private static Optional<Answer> fewRuns(List<Arm> sharing) {
        List<Arm> few =
                sharing.stream().filter(arm -> arm.tellingRuns() < ENOUGH_RUNS).toList();
        if (few.isEmpty()) {
            return Optional.empty();
        }
        String which =
                few.stream().map(arm -> arm.name() + " (" + counted(arm) + ")").collect(Collectors.joining(", "));
        return Optional.of(open(
                "Too few runs for a useful interval: " + which + ".",
                BenchLine.of(few.getFirst().typical().result()).map(line -> line.repeated(BenchLine.REPEATS))));
    }

    private static String counted(Arm arm) {
        String runs = Amount.of(arm.tellingRuns(), "run");
        return arm.tellingRuns() < arm.runs().size() ? runs + " with a baseline that fits" : runs;
    }

    private static Answer open(String text, Optional<BenchLine> settling) {
        return new Answer(Topic.OPEN, Confidence.OPEN, text, settling.map(BenchLine::text));
    }

    private static String names(List<Arm> arms) {
        return arms.stream().map(Arm::name).collect(Collectors.joining(", "));
    }
}
