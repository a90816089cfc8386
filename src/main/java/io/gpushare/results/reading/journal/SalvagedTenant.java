package io.gpushare.results.reading.journal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gpushare.analysis.CommonWindow;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.Errors;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.TenantResult.Identity;
import io.gpushare.results.benchmark.TenantResult.Problem;
import io.gpushare.results.benchmark.TenantResult.Work;
import io.gpushare.results.benchmark.WindowResult;
import io.gpushare.results.reading.journal.JournalEvents.Voice;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one tenant of a killed run did, as far as it said. */
final class SalvagedTenant {
    private static final String NEVER_ENDED = "the run never came to its end";

    private SalvagedTenant() {}

    record Measured(TenantResult tenant, LatencyCounts latencies) {}

    /** @param voice empty when it never said a word */
    static Measured measured(Identity tenant, Optional<Voice> voice, Optional<CommonWindow> common) {
        List<WindowResult> windows = voice.stream()
                .flatMap(said -> said.windows.stream())
                .map(window -> WindowResult.of(window.span(), window.latency(), Optional.empty(), common))
                .toList();
        LatencyCounts latencies = windows.stream()
                .filter(WindowResult::counted)
                .map(WindowResult::latency)
                .reduce(LatencyCounts.NONE, LatencyCounts::plus);
        Work work = Work.of(windows, Reading.notMeasured("the journal does not tell active from idle time"));
        TenantResult result = new TenantResult(
                tenant,
                problem(voice),
                start(voice),
                work.withoutWindows(),
                Reading.notMeasured("no baseline was measured"),
                Errors.UNKNOWN,
                Reading.notMeasured(NEVER_ENDED),
                Map.of(),
                Reading.notMeasured(NEVER_ENDED),
                Optional.empty());
        return new Measured(result, latencies);
    }

    private static TenantResult.Start start(Optional<Voice> voice) {
        return new TenantResult.Start(
                Optional.empty(),
                JsonNodeFactory.instance.objectNode(),
                reading(voice.flatMap(said -> said.loadS), "it was never ready"),
                reading(voice.flatMap(said -> said.warmupS), "it was never ready"),
                Reading.notMeasured(NEVER_ENDED),
                voice.filter(said -> said.lateNanos.isPresent())
                        .map(said -> Reading.of(said.lateNanos.orElseThrow()))
                        .orElseGet(() -> Reading.notMeasured("it never started")));
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

    private static Reading<Double> reading(Optional<Double> value, String whyNot) {
        return value.map(Reading::of).orElseGet(() -> Reading.notMeasured(whyNot));
    }
}
