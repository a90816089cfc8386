package io.gpushare.study.answer;

import io.gpushare.analysis.LatencyBound;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.Answer.Topic;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.metric.Confidence;
import io.gpushare.study.metric.Slo;
import io.gpushare.study.metric.SloText;
import io.gpushare.study.metric.StudyOptions;
import io.gpushare.text.Amount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who keeps which bound on latency. */
final class SloAnswers {
    private SloAnswers() {}

    static List<Answer> of(List<Arm> arms, StudyOptions options) {
        List<Answer> answers = new ArrayList<>();
        for (Slo slo : options.slos()) {
            Map<String, String> judged = new LinkedHashMap<>();
            for (Arm arm : arms) {
                judged(arm, slo).ifPresent(bound -> judged.put(arm.name(), words(bound)));
            }
            if (!judged.isEmpty()) {
                List<String> parts = judged.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .toList();
                answers.add(new Answer(
                        Topic.SLO, Confidence.FACT, SloText.words(slo) + ": " + String.join("; ", parts) + "."));
            }
        }
        return answers;
    }

    /** The worst of its variants, over all runs together; empty for an arm that the bound says nothing of. */
    static Optional<LatencyBound> judged(Arm arm, Slo slo) {
        return arm.latencies().entrySet().stream()
                .filter(entry -> slo.isAbout(entry.getKey()))
                .map(Map.Entry::getValue)
                .filter(counts -> counts.count() > 0)
                .map(counts -> judge(counts, slo))
                .min((one, other) -> Integer.compare(rank(one), rank(other)));
    }

    private static LatencyBound judge(LatencyCounts counts, Slo slo) {
        return LatencyBound.judge(counts, slo.percentile(), slo.boundMs());
    }

    private static int rank(LatencyBound bound) {
        return switch (bound) {
            case LatencyBound.Broken _ -> 0;
            case LatencyBound.TooFew _ -> 1;
            case LatencyBound.Met _ -> 2;
        };
    }

    private static String words(LatencyBound bound) {
        String share = Amount.decimals(100 * bound.shareWithin(), 2) + " % within";
        return switch (bound) {
            case LatencyBound.Met _ -> "keeps it (" + share + ")";
            case LatencyBound.Broken _ -> "breaks it (" + share + ")";
            case LatencyBound.TooFew(double _, long needed) ->
                "cannot be judged (" + share + ", " + needed + " latencies are needed)";
        };
    }
}
