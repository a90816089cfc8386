package io.gpushare.study;

import io.gpushare.results.benchmark.Verdict;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.text.Amount;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How many old results were judged anew, by which rule, and what that changed. */
public final class JudgedAnewWords {
    private static final String RULE = "as new ones are: INVALID where half of the 95 % interval of a tenant's"
            + " throughput is above the precision (10 %, unless the plan says another), or where it was still moving by"
            + " more than that.";

    private JudgedAnewWords() {}

    /** A sentence or two; empty where all runs were judged by that rule when they were made. */
    public static Optional<String> of(List<StoredRun> runs) {
        List<StoredRun> anew =
                runs.stream().filter(run -> run.saidVerdict().isPresent()).toList();
        if (anew.isEmpty()) {
            return Optional.empty();
        }
        List<StoredRun> absolved = anew.stream()
                .filter(run ->
                        !valid(run.saidVerdict()) && run.result().verdict().valid())
                .toList();
        List<StoredRun> condemned = anew.stream()
                .filter(run ->
                        valid(run.saidVerdict()) && !run.result().verdict().valid())
                .toList();
        return Optional.of(Amount.of(anew.size(), "run") + (anew.size() == 1 ? " says" : " say")
                + " no errors of figures, as older versions wrote them, and"
                + (anew.size() == 1 ? " was" : " were") + " judged anew from"
                + (anew.size() == 1 ? " its" : " their") + " windows " + RULE + " "
                + changes(anew, absolved, condemned));
    }

    private static String changes(List<StoredRun> anew, List<StoredRun> absolved, List<StoredRun> condemned) {
        long wereValid = anew.stream().filter(run -> valid(run.saidVerdict())).count();
        List<String> changes = new ArrayList<>();
        if (!absolved.isEmpty()) {
            changes.add(changed(absolved.size(), anew.size() - wereValid, "INVALID", "VALID"));
        }
        if (!condemned.isEmpty()) {
            changes.add(changed(condemned.size(), wereValid, "VALID", "INVALID") + reasons(condemned));
        }
        return changes.isEmpty() ? "No verdict changed by that." : String.join("; ", changes) + ".";
    }

    private static String changed(int count, long of, String before, String now) {
        return count + " of the " + of + " that were " + before + (count == 1 ? " is " : " are ") + now + " now";
    }

    private static String reasons(List<StoredRun> runs) {
        Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
        for (StoredRun run : runs) {
            run.result().verdict().findings().stream()
                    .map(Finding::reason)
                    .distinct()
                    .forEach(reason -> counts.merge(reason, 1, Integer::sum));
        }
        return counts.isEmpty()
                ? ""
                : counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey().words())
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private static boolean valid(Optional<Verdict> verdict) {
        return verdict.filter(Verdict::valid).isPresent();
    }
}
