package io.gpushare.report.contrast;

import io.gpushare.compare.ChangeVerdict;
import io.gpushare.compare.ChangeWords;
import io.gpushare.compare.Comparison;
import io.gpushare.compare.Group;
import io.gpushare.compare.MetricChange;
import io.gpushare.compare.Pair;
import io.gpushare.compare.Side;
import io.gpushare.compare.ThresholdOutcome;
import io.gpushare.compare.ThresholdOutcome.Result;
import io.gpushare.study.metric.Metric;
import io.gpushare.text.Amount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sentences that every form of a comparison has. */
final class ContrastWords {
    private static final int MOST_LISTED = 8;

    private ContrastWords() {}

    /** {@code 1 threshold broken; 2 metrics better, 1 worse, 9 without a shown difference}. */
    static String summary(Comparison comparison) {
        List<String> parts = new ArrayList<>();
        if (!comparison.thresholds().isEmpty()) {
            int broken = count(comparison, Result.BROKEN);
            int missing = count(comparison, Result.MISSING);
            List<String> thresholds = new ArrayList<>();
            if (broken > 0) {
                thresholds.add(Amount.of(broken, "threshold") + " broken");
            }
            if (missing > 0) {
                thresholds.add(Amount.of(missing, "threshold") + " not checked");
            }
            parts.add(thresholds.isEmpty() ? "all thresholds kept" : String.join(", ", thresholds));
        }
        String metrics = Arrays.stream(ChangeVerdict.values())
                .map(judgement -> {
                    long n = comparison.pairs().stream()
                            .flatMap(pair -> pair.changes().stream())
                            .filter(change -> change.judgement() == judgement)
                            .count();
                    return n == 0 ? "" : n + " " + tally(judgement);
                })
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(", "));
        parts.add(metrics.isEmpty() ? "nothing could be compared" : "metrics: " + metrics);
        return String.join("; ", parts);
    }

    private static String tally(ChangeVerdict judgement) {
        return switch (judgement) {
            case BETTER, WORSE, DIFFERENT -> judgement.words();
            case NOT_SHOWN -> "without a shown difference";
            case TOO_FEW -> "with too few runs to tell";
        };
    }

    /** A threshold is about several metrics where it names no variant. */
    private static int count(Comparison comparison, Result result) {
        return (int) comparison.thresholds().stream()
                .filter(outcome -> outcome.result() == result)
                .map(ThresholdOutcome::threshold)
                .distinct()
                .count();
    }

    /** What the table means, as far as it is needed for this one. */
    static List<String> notes(Comparison comparison) {
        List<MetricChange> changes = comparison.pairs().stream()
                .flatMap(pair -> pair.changes().stream())
                .toList();
        List<String> notes = new ArrayList<>();
        if (changes.stream().anyMatch(change -> change.judgement() == ChangeVerdict.TOO_FEW)) {
            notes.add(
                    "Too few runs to tell: no difference however large can reach p = 0.05. " + MetricChange.leastRuns()
                            + " on each side can (gpushare bench --repeat " + MetricChange.leastRuns() + ").");
        }
        if (changes.stream().anyMatch(change -> change.percentInterval().isPresent())) {
            notes.add("The interval is of the ratio of the means, by bootstrap"
                    + (changes.stream()
                                    .flatMap(change -> change.percentInterval().stream())
                                    .allMatch(MetricChange.Range::reaches)
                            ? "."
                            : "; with fewer than 6 runs on a side it holds the truth less often than 95 %."));
        }
        long tested = changes.stream().filter(change -> change.p().isPresent()).count();
        if (tested > 0) {
            notes.add(("p is of one metric each (Mann-Whitney, two-sided), and not corrected for looking at %s:"
                            + " where nothing changed, about one in 20 is at most 0.05.")
                    .formatted(tested == 1 ? "one metric" : tested + " metrics"));
        }
        return notes;
    }

    /** As the pair has it; with the GPU and the runtime where another pair would be called the same. */
    static String title(Comparison comparison, Pair pair) {
        String title = pair.title();
        boolean alone = comparison.pairs().stream()
                .filter(other -> !other.equals(pair))
                .noneMatch(other -> other.title().equals(title));
        return alone
                ? title
                : Stream.of(title, pair.contender().gpu(), pair.contender().runtime())
                        .filter(word -> !word.isEmpty())
                        .collect(Collectors.joining(", "));
    }

    /** {@code 3 runs, process, NVIDIA H200}. */
    static String describe(Group group) {
        List<String> parts = new ArrayList<>();
        parts.add(Amount.of(group.runs(), "run"));
        if (group.foreign()) {
            parts.add("by " + group.source());
        }
        if (!group.runtime().isEmpty()) {
            parts.add(group.runtime());
        }
        if (!group.gpu().isEmpty()) {
            parts.add(group.simulated() ? "simulated " + group.gpu() : group.gpu());
        }
        return String.join(", ", parts);
    }

    /** Sentences about one pair. */
    static List<String> warnings(Pair pair) {
        List<String> warnings = new ArrayList<>(pair.cautions());
        if (!pair.environment().isEmpty()) {
            warnings.add("Not the same on both sides, and a cause of its own: "
                    + pair.environment().stream()
                            .map(difference -> difference.words())
                            .collect(Collectors.joining("; "))
                    + ".");
        }
        return warnings;
    }

    /** Metrics, and groups, that have no partner. */
    static List<String> withoutPartner(Pair pair) {
        List<String> sentences = new ArrayList<>();
        addMetrics(sentences, "baseline", pair.onlyBaseline());
        addMetrics(sentences, "contender", pair.onlyContender());
        return sentences;
    }

    private static void addMetrics(List<String> sentences, String side, List<Metric> metrics) {
        if (!metrics.isEmpty()) {
            sentences.add("Only the " + side + " has "
                    + listed(metrics.stream().map(ChangeWords::name).toList()) + ".");
        }
    }

    static List<String> leftOut(Comparison comparison) {
        List<String> sentences = new ArrayList<>();
        addWithoutPartner(sentences, comparison.contender(), comparison.onlyBaseline());
        addWithoutPartner(sentences, comparison.baseline(), comparison.onlyContender());
        advice(comparison).ifPresent(sentences::add);
        for (Side side : List.of(comparison.baseline(), comparison.contender())) {
            Map<String, List<String>> byReason = new LinkedHashMap<>();
            side.leftOut()
                    .forEach(run -> byReason.computeIfAbsent(run.reason(), _ -> new ArrayList<>())
                            .add(run.file()));
            byReason.forEach((reason, files) -> sentences.add(
                    listed(files) + (files.size() == 1 ? " was" : " were") + " left out: " + reason + "."));
        }
        return sentences.stream().distinct().toList();
    }

    private static void addWithoutPartner(List<String> sentences, Side other, List<Group> groups) {
        if (other.groups().isEmpty() && !groups.isEmpty()) {
            sentences.add("Nothing in " + other.name() + " counts.");
            return;
        }
        if (groups.size() == 1) {
            Group group = groups.getFirst();
            sentences.add(group.title() + " (" + describe(group) + ") has no partner in " + other.name() + ".");
        } else if (!groups.isEmpty()) {
            sentences.add(groups.size() + " have no partner in " + other.name() + ": "
                    + listed(
                            groups.stream()
                                    .map(group -> group.title() + " (" + describe(group) + ")")
                                    .toList(),
                            "; ")
                    + ".");
        }
    }

    /** What to do where there is something on both sides, and nothing was compared. */
    private static Optional<String> advice(Comparison comparison) {
        boolean apart = comparison.pairs().isEmpty()
                && !comparison.onlyBaseline().isEmpty()
                && !comparison.onlyContender().isEmpty();
        return apart
                ? Optional.of("Nothing is guessed among several. Two that are the only ones of their sides are compared"
                        + " whatever they are: name the files of one mix in one way of sharing, with a pattern in"
                        + " quotes.")
                : Optional.empty();
    }

    private static String listed(List<String> names) {
        return listed(names, ", ");
    }

    private static String listed(List<String> names, String separator) {
        String first = String.join(separator, names.stream().limit(MOST_LISTED).toList());
        return names.size() <= MOST_LISTED ? first : first + " and " + (names.size() - MOST_LISTED) + " more";
    }

    /** {@code p99 of bert-infer in 2 × bert-infer, MPS}; the pair only where there are several. */
    static String about(Comparison comparison, ThresholdOutcome outcome) {
        String metric = outcome.metric().map(ChangeWords::name).orElse("");
        String pair = comparison.pairs().size() > 1
                ? outcome.pair().map(shown -> title(comparison, shown)).orElse("")
                : "";
        return metric.isEmpty() ? pair : pair.isEmpty() ? metric : metric + " in " + pair;
    }
}
