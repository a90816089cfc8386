package io.gpushare.cli.stress;

import io.gpushare.experiment.stress.StepWork;
import io.gpushare.experiment.stress.StressStep;
import io.gpushare.study.metric.SloText;
import io.gpushare.text.Amount;
import io.gpushare.text.Figure;
import io.gpushare.text.ScaledNumber;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** What is said of a step: while the search goes on, and in its table. */
final class StressLines {
    private StressLines() {}

    /** {@code mps  N=8   5956 samples/s ± 1.4 %  p99 9.80 ms  612 W  VALID}. */
    static String line(String mode, Optional<String> unit, double tail, StressStep step) {
        String start = String.format(Locale.ROOT, "%s  N=%-3d", mode, step.tenants());
        return switch (step.outcome()) {
            case StressStep.Worked(StepWork work) ->
                start + "  " + total(work, unit) + tail(work, tail) + watts(work) + "  " + verdict(step);
            case StressStep.Broke(var cause, String words) -> start + "  " + cause.words() + ": " + words;
            case StressStep.Unjudged(String words) -> start + "  says nothing: " + words;
        };
    }

    private static String total(StepWork work, Optional<String> unit) {
        String rate = unit.map(name -> ScaledNumber.perSecond(work.total(), name))
                .orElseGet(() -> Figure.times(work.total()) + " one alone");
        return rate + " " + error(work).orElse("± ?");
    }

    static Optional<String> error(StepWork work) {
        OptionalDouble percent = work.errorPercent();
        return percent.isPresent() ? Optional.of(Figure.plusMinus(percent.getAsDouble())) : Optional.empty();
    }

    private static String tail(StepWork work, double tail) {
        return work.tail()
                .map(latency -> "  " + SloText.percentile(tail) + " " + milliseconds(latency) + " ms")
                .orElse("");
    }

    /** With a mark where it rests on too few latencies. */
    static String milliseconds(StepWork.Tail latency) {
        return (latency.sure() ? "" : "~") + Figure.of(latency.ms());
    }

    private static String watts(StepWork work) {
        return work.meanW().isPresent() ? "  " + Amount.decimals(work.meanW().getAsDouble(), 0) + " W" : "";
    }

    /** {@code VALID}, or in a word or two why it is not. */
    static String verdict(StressStep step) {
        return switch (step.outcome()) {
            case StressStep.Worked(StepWork work) ->
                work.doubts().isEmpty() ? "VALID" : String.join(", ", work.doubts());
            case StressStep.Broke(var cause, var _) -> cause.words();
            case StressStep.Unjudged _ -> "says nothing";
        };
    }
}
