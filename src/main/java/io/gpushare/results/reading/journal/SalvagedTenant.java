package io.gpushare.results.reading.journal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gpushare.analysis.CommonWindow;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.TenantResult.Latency;
import io.gpushare.results.benchmark.TenantResult.Problem;
import io.gpushare.results.reading.journal.JournalEvents.JournalWindow;
import io.gpushare.results.reading.journal.JournalEvents.Voice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What one tenant of a killed run did, as far as it said. */
final class SalvagedTenant {
    private static final String NEVER_ENDED = "the run never came to its end";

    private SalvagedTenant() {}

    record Measured(TenantResult tenant, LatencyCounts latencies) {}

    /** @param voice empty when it never said a word */
    static Measured measured(JournalHeader.Tenant tenant, Optional<Voice> voice, Optional<CommonWindow> common) {
        List<JournalWindow> counted = voice.stream()
                .flatMap(said -> said.windows.stream())
                .filter(window ->
                        common.filter(time -> time.counts(window.span())).isPresent())
                .toList();
        LatencyCounts latencies =
                counted.stream().map(JournalWindow::latency).reduce(LatencyCounts.NONE, LatencyCounts::plus);
        Reading<Double> noBaseline = Reading.notMeasured("no baseline was measured");
        TenantResult result = new TenantResult(
                tenant.number(),
                tenant.workload(),
                tenant.variant(),
                tenant.kind(),
                tenant.unit(),
                problem(voice),
                Optional.empty(),
                JsonNodeFactory.instance.objectNode(),
                reading(voice.flatMap(said -> said.loadS), "it was never ready"),
                reading(voice.flatMap(said -> said.warmupS), "it was never ready"),
                Reading.notMeasured(NEVER_ENDED),
                voice.filter(said -> said.lateNanos.isPresent())
                        .map(said -> Reading.of(said.lateNanos.orElseThrow()))
                        .orElseGet(() -> Reading.notMeasured("it never started")),
                counted.stream().mapToDouble(window -> window.span().units()).sum(),
                counted.stream().mapToLong(window -> window.span().steps()).sum(),
                unitsPerSec(counted, common),
                Latency.of(latencies),
                noBaseline,
                noBaseline,
                Reading.notMeasured("the journal does not tell active from idle time"),
                Reading.notMeasured(NEVER_ENDED),
                Map.of(),
                List.of(),
                Reading.notMeasured(NEVER_ENDED));
        return new Measured(result, latencies);
    }

    /** That it was measured to no end is not its own fault. */
    private static Optional<Problem> problem(Optional<Voice> voice) {
        if (voice.isEmpty()) {
            return Optional.of(new Problem(Problem.CANCELLED, "the run ended before it said a word"));
        }
        Voice said = voice.get();
        if (said.problem.isEmpty() && said.windows.isEmpty()) {
            return Optional.of(new Problem(Problem.CANCELLED, "the run ended before it was measured"));
        }
        return said.problem;
    }

    private static Reading<Double> unitsPerSec(List<JournalWindow> counted, Optional<CommonWindow> common) {
        if (common.isEmpty()) {
            return Reading.notMeasured("there was no time in which every tenant was active");
        }
        OptionalDouble rate = common.get()
                .unitsPerSec(counted.stream().map(JournalWindow::span).toList());
        return rate.isPresent()
                ? Reading.of(rate.getAsDouble())
                : Reading.notMeasured("no step ended in the time in which every tenant was active");
    }

    private static Reading<Double> reading(Optional<Double> value, String whyNot) {
        return value.map(Reading::of).orElseGet(() -> Reading.notMeasured(whyNot));
    }
}
