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
import io.gpushare.study.metric.Slo;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

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
        ArrayNode slos = answer.putArray("slos");
        report.slos().forEach(slo -> put(slos.addObject(), slo));
        ArrayNode modes = answer.putArray("modes");
        report.modes().forEach(search -> put(modes.addObject(), search));
        ArrayNode leftOut = answer.putArray("left_out");
        report.leftOut()
                .forEach(left -> leftOut.addObject().put("mode", left.mode()).put("reason", left.why()));
        answer.put("folder", folder.toString());
        ArrayNode names = answer.putArray("files");
        files.forEach(file -> names.add(file.toString()));
        return answer;
    }

    private static void put(ObjectNode node, Slo slo) {
        node.put("workload", slo.workload()).put("percentile", slo.percentile()).put("bound_ms", slo.boundMs());
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
        answers.breaks()
                .ifPresentOrElse(
                        point -> node.putObject("breaking_point")
                                .put("tenants", point.tenants())
                                .put("exact", point.exact())
                                .put("cause", name(point.cause()))
                                .put("message", point.words()),
                        () -> node.putNull("breaking_point"));
        answers.knee()
                .ifPresentOrElse(
                        knee -> node.putObject("knee")
                                .put("tenants", knee.step().tenants())
                                .put("exact", knee.exact())
                                .put("share_of_highest", knee.share())
                                .put("highest_at_tenants", knee.best().tenants()),
                        () -> node.putNull("knee"));
        answers.within()
                .ifPresentOrElse(
                        within -> {
                            ObjectNode bound = node.putObject("within_slo").put("tenants", within.tenants());
                            within.missedAt()
                                    .ifPresentOrElse(
                                            tenants -> bound.put("missed_at_tenants", tenants),
                                            () -> bound.putNull("missed_at_tenants"));
                            bound.put("too_few_latencies", within.tooFew());
                        },
                        () -> node.putNull("within_slo"));
        answers.power()
                .ifPresentOrElse(
                        power -> node.putObject("power")
                                .put("alone_mean_w", power.aloneW())
                                .put("highest_mean_w", power.highestW())
                                .put("highest_at_tenants", power.highest())
                                .put("peak_w", power.peakW())
                                .put("raised_by_sharing", power.raised()),
                        () -> node.putNull("power"));
        answers.energy()
                .ifPresentOrElse(
                        energy -> node.putObject("energy")
                                .put("alone_joules_per_unit", energy.aloneJ())
                                .put("least_joules_per_unit", energy.leastJ())
                                .put("least_at_tenants", energy.least()),
                        () -> node.putNull("energy"));
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
        put(node, "error_percent", work.errorPercent());
        node.put("slowdown", work.slowdown());
        node.put("latency_ms", work.tail().map(StepWork.Tail::ms).orElse(null));
        node.put("latency_validated", work.tail().map(StepWork.Tail::sure).orElse(null));
        node.put(
                "slo",
                work.bound().map(kept -> kept.name().toLowerCase(Locale.ROOT)).orElse(null));
        put(node, "mean_power_w", work.meanW());
        put(node, "peak_power_w", work.peakW());
        put(node, "joules_per_unit", work.joulesPerUnit());
        ArrayNode doubts = node.putArray("invalid_because");
        work.doubts().forEach(doubts::add);
    }

    private static void put(ObjectNode node, String name, OptionalDouble value) {
        value.ifPresentOrElse(known -> node.put(name, known), () -> node.putNull(name));
    }

    private static String name(BreakCause cause) {
        return cause.name().toLowerCase(Locale.ROOT);
    }
}
