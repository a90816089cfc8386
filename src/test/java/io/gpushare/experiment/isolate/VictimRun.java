package io.gpushare.experiment.isolate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.gpushare.analysis.CoreLoops;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.mode.ModeKind;
import io.gpushare.mode.ModeProof;
import io.gpushare.plan.RecordedPlan;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.Errors;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.SharingErrors;
import io.gpushare.results.benchmark.SharingMetrics;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.TenantResult.Problem;
import io.gpushare.results.benchmark.Timeline;
import io.gpushare.results.benchmark.Verdict;
import io.gpushare.results.benchmark.WindowResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A run of a victim beside a neighbour, as a test would have it. */
final class VictimRun {
    private static final Reading<Double> NO_NUMBER = Reading.notMeasured("of no account here");

    private final List<WindowResult> windows = new ArrayList<>();
    private final Map<String, Double> metrics = new HashMap<>();
    private Optional<Problem> victim = Optional.empty();
    private Optional<Problem> neighbour = Optional.empty();
    private ModeProof proof = new ModeProof(true, List.of());
    private ModeKind mode = ModeKind.MPS;
    private ObjectNode plan = JsonNodeFactory.instance.objectNode();
    private ObjectNode hello = JsonNodeFactory.instance.objectNode();
    private double readyS = 2.5;
    private boolean slowed;

    /** Windows of a second each, with so many units and steps of 3 ms. */
    VictimRun rates(double... unitsPerSec) {
        for (double units : unitsPerSec) {
            window(1, units, 3);
        }
        return this;
    }

    VictimRun window(double seconds, double units, double stepMs) {
        double from = windows.isEmpty() ? 0 : windows.getLast().untilS();
        LatencyCounts latency = units < 1
                ? LatencyCounts.NONE
                : LatencyCounts.of(Map.of(LatencyCounts.bucketOf(Math.round(stepMs * 1e6)), (long) units));
        windows.add(new WindowResult(from, from + seconds, units, (long) units, latency, true, Optional.of(loops())));
        return this;
    }

    /** Whether somebody slows its core from here on. */
    VictimRun slowed(boolean now) {
        slowed = now;
        return this;
    }

    private CoreLoops loops() {
        return new CoreLoops(OptionalInt.of(0), Collections.nCopies(20, slowed ? 105_000L : 60_000L));
    }

    VictimRun victimFails(String kind, String message) {
        victim = Optional.of(new Problem(kind, message));
        return this;
    }

    VictimRun neighbourFails(String kind, String message) {
        neighbour = Optional.of(new Problem(kind, message));
        return this;
    }

    VictimRun neighbourSays(String metric, double value) {
        metrics.put(metric, value);
        return this;
    }

    VictimRun unproven(String objection) {
        proof = new ModeProof(false, List.of(objection));
        return this;
    }

    VictimRun mode(ModeKind kind, String newPlan) {
        mode = kind;
        plan = yaml(newPlan);
        return this;
    }

    VictimRun neighbourSees(String newHello) {
        hello = yaml(newHello);
        return this;
    }

    VictimRun readyAfterS(double seconds) {
        readyS = seconds;
        return this;
    }

    private static ObjectNode yaml(String text) {
        try {
            return (ObjectNode) new YAMLMapper().readTree(text);
        } catch (JsonProcessingException broken) {
            throw new AssertionError(broken);
        }
    }

    RunResult result() {
        return new RunResult(
                "1a2b3c",
                "1a2b3c",
                1,
                1,
                Instant.EPOCH,
                false,
                RecordedPlan.read(plan, mode),
                JsonNodeFactory.instance.objectNode(),
                proof,
                List.of(),
                List.of(tenant(0, "resnet-infer", victim, windows), tenant(1, "misbehave", neighbour, List.of())),
                List.of(),
                new SharingMetrics(
                        NO_NUMBER,
                        NO_NUMBER,
                        NO_NUMBER,
                        NO_NUMBER,
                        1,
                        Map.of(),
                        NO_NUMBER,
                        NO_NUMBER,
                        NO_NUMBER,
                        Reading.notMeasured("of no account here"),
                        SharingErrors.UNKNOWN),
                Reading.notMeasured("of no account here"),
                Reading.notMeasured("of no account here"),
                new Timeline(12, NO_NUMBER, NO_NUMBER, 12),
                JsonNodeFactory.instance.objectNode(),
                List.of(),
                new Verdict(List.of()));
    }

    private TenantResult tenant(int number, String workload, Optional<Problem> problem, List<WindowResult> done) {
        return new TenantResult(
                new TenantResult.Identity(number, workload, workload, "inference", "sample"),
                problem,
                new TenantResult.Start(
                        Optional.of(hello),
                        JsonNodeFactory.instance.objectNode(),
                        NO_NUMBER,
                        NO_NUMBER,
                        Reading.of(readyS),
                        Reading.of(0L)),
                TenantResult.Work.of(done, NO_NUMBER),
                NO_NUMBER,
                Errors.UNKNOWN,
                Reading.notMeasured("of no account here"),
                number == 1 ? metrics : Map.of(),
                Reading.notMeasured("of no account here"),
                Optional.empty());
    }
}
