package io.gpushare.cli.stress;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.experiment.stress.BreakCause;
import io.gpushare.experiment.stress.ModeStress;
import io.gpushare.experiment.stress.ModeStress.End;
import io.gpushare.experiment.stress.StepWork;
import io.gpushare.experiment.stress.StressAnswers;
import io.gpushare.experiment.stress.StressStep;
import io.gpushare.results.RecordJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What {@code stress --json} prints. What is not known is null. */
final class StressJson {
    private StressJson() {}

    static ObjectNode of(StressReport report, Path folder, List<Path> files) {
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("simulated", report.simulated())
                .put("where", report.where())
                .put("interrupted", report.interrupted());
        report.workloads().forEach(answer.putArray("workloads")::add);
        RecordJson.put(answer, "slos", report.slos());
        ArrayNode modes = answer.putArray("modes");
        report.modes().forEach(search -> put(modes.addObject(), search));
        RecordJson.put(answer, "left_out", report.leftOut());
        answer.put("folder", folder.toString());
        ArrayNode names = answer.putArray("files");
        files.forEach(file -> names.add(file.toString()));
        return answer;
    }

    private static void put(ObjectNode node, ModeStress search) {
        StressAnswers answers = search.answers();
        node.put("mode", search.mode())
                .put("kind", search.kind().toString())
                .put(
                        "end",
                        switch (search.end()) {
                            case End.Answered() -> "answered";
                            case End.Interrupted() -> "interrupted";
                            case End.Stopped(var _) -> "stopped";
                        })
                .put("stopped_because", search.end() instanceof End.Stopped(String words) ? words : null)
                .put("unit", search.unit().orElse(null))
                .put("latency_percentile", search.tail())
                .put("most_to_be_tried", search.goal().most())
                .put("most_that_worked", answers.most());
        put(
                node,
                "breaking_point",
                answers.breaks(),
                (point, found) -> point.put("tenants", found.tenants())
                        .put("exact", found.exact())
                        .put("cause", name(found.cause()))
                        .put("message", found.words()));
        put(
                node,
                "knee",
                answers.knee(),
                (knee, found) -> knee.put("tenants", found.step().tenants())
                        .put("exact", found.exact())
                        .put("share_of_highest", found.share())
                        .put("highest_at_tenants", found.best().tenants()));
        put(node, "within_slo", answers.within(), (bound, within) -> {
            bound.put("tenants", within.tenants());
            RecordJson.put(bound, "missed_at_tenants", within.missedAt());
            bound.put("too_few_latencies", within.tooFew());
        });
        put(
                node,
                "power",
                answers.power(),
                (power, found) -> power.put("alone_mean_w", found.aloneW())
                        .put("highest_mean_w", found.highestW())
                        .put("highest_at_tenants", found.highest())
                        .put("peak_w", found.peakW())
                        .put("raised_by_sharing", found.raised()));
        put(
                node,
                "energy",
                answers.energy(),
                (energy, found) -> energy.put("alone_joules_per_unit", found.aloneJ())
                        .put("least_joules_per_unit", found.leastJ())
                        .put("least_at_tenants", found.least()));
        ArrayNode steps = node.putArray("steps");
        search.steps().forEach(step -> put(steps.addObject(), step));
    }

    private static void put(ObjectNode node, StressStep step) {
        node.put("tenants", step.tenants());
        switch (step.outcome()) {
            case StressStep.Worked(StepWork work) -> put(node.put("outcome", "worked"), work);
            case StressStep.Broke(BreakCause cause, String words) ->
                node.put("outcome", "broke").put("cause", name(cause)).put("message", words);
            case StressStep.Unjudged(String words) ->
                node.put("outcome", "unjudged").put("message", words);
        }
        node.put("file", step.file().map(Path::toString).orElse(null));
    }

    private static void put(ObjectNode node, StepWork work) {
        node.put("total", work.total());
        RecordJson.put(node, "error_percent", work.errorPercent());
        node.put("slowdown", work.slowdown());
        node.put("latency_ms", work.tail().map(StepWork.Tail::ms).orElse(null));
        node.put("latency_validated", work.tail().map(StepWork.Tail::sure).orElse(null));
        node.put(
                "slo",
                work.bound().map(kept -> kept.name().toLowerCase(Locale.ROOT)).orElse(null));
        RecordJson.put(node, "mean_power_w", work.meanW());
        RecordJson.put(node, "peak_power_w", work.peakW());
        RecordJson.put(node, "joules_per_unit", work.joulesPerUnit());
        ArrayNode doubts = node.putArray("invalid_because");
        work.doubts().forEach(doubts::add);
    }

    /** Null where there is none. */
    private static <T> void put(ObjectNode node, String name, Optional<T> part, BiConsumer<ObjectNode, T> content) {
        node.putNull(name);
        part.ifPresent(known -> content.accept(node.putObject(name), known));
    }

    private static String name(BreakCause cause) {
        return cause.name().toLowerCase(Locale.ROOT);
    }
}
