package io.gpushare.workload.output;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A program that knows nothing of gpushare: when it works, what of its output counts, and when it is over.
 *
 * @param rules the first that tells work gives the throughput, with others of its name; empty where only the time to
 *     completion is measured
 * @param repeat starts it again whenever it ends well, so that its neighbours go on having one
 */
public record ForeignProgram(List<MeasureRule> rules, Readiness ready, Lifetime lifetime, boolean repeat) {
    public ForeignProgram {
        rules = List.copyOf(rules);
    }

    /** When it has begun to work: what it printed before does not count. */
    public sealed interface Readiness {
        /** As soon as it runs. */
        record AtOnce() implements Readiness {}

        /** When it has run for so long. */
        record After(Duration warmUp) implements Readiness {}

        /** When it prints a line in which this is found. */
        record Printed(Pattern pattern) implements Readiness {
            @Override
            public boolean equals(Object other) {
                return other instanceof Printed(Pattern others)
                        && pattern.pattern().equals(others.pattern());
            }

            @Override
            public int hashCode() {
                return pattern.pattern().hashCode();
            }
        }

        /** When this answers with a status of success. */
        record Answering(URI uri) implements Readiness {}
    }

    public enum Lifetime {
        /** It runs to its end: how long that takes is measured, whatever its neighbours do. */
        COMPLETE,
        /** It works until it is stopped at the end of the measured time. */
        WINDOW
    }

    /** For how long programs with these rules are measured unless somebody says otherwise. */
    public static Lifetime usualLifetime(List<MeasureRule> rules) {
        boolean tellsWork = rules.stream().anyMatch(rule -> rule.kind().tellsWork());
        return tellsWork && rules.stream().noneMatch(MeasureRule::atEnd) ? Lifetime.WINDOW : Lifetime.COMPLETE;
    }

    /** What the throughput counts; empty where each completion counts as one. */
    public Optional<String> work() {
        return rules.stream()
                .filter(rule -> rule.kind().tellsWork())
                .map(MeasureRule::name)
                .findFirst();
    }

    /** Whether the throughput is made of what this rule finds: some programs tell one work in two ways, in turn. */
    public boolean isWork(MeasureRule rule) {
        return rule.kind().tellsWork() && work().filter(rule.name()::equals).isPresent();
    }
}
