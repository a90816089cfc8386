package io.gpushare.workload.output;

import java.util.Optional;

/**
 * How a figure is read from what a program prints.
 *
 * @param name of the figure, and for a rate or a count what it counts, in the singular: {@code image}
 * @param scale the number that is printed times this is in the rule's own unit: per second, seconds
 * @param atEnd it is printed once, when all is done: of its whole life
 */
public record MeasureRule(String name, Kind kind, Source source, double scale, boolean atEnd) {

    /** A JSON document is read when it is whole. */
    public MeasureRule {
        atEnd = atEnd || source instanceof Source.Json;
    }

    /** One that is printed again and again, unless it stands in a JSON document. */
    public MeasureRule(String name, Kind kind, Source source, double scale) {
        this(name, kind, source, scale, false);
    }

    public enum Kind {
        /** So much is done in a second, since the hit before this one, or since the begin. */
        RATE,
        /** One of them takes so many seconds, likewise: the rate's reciprocal. */
        TIME_EACH,
        /** A step that has just ended took so many seconds. */
        DURATION,
        /** So many are done by now, since the program began. */
        COUNT,
        /** A number that is kept beside the work, as a loss: the last one is. */
        VALUE;

        /** Whether throughput is made of it. */
        public boolean tellsWork() {
            return this != VALUE;
        }
    }

    /** Where the number stands. */
    public sealed interface Source {

        /** In a line, where a regular expression says. */
        record Line(NumberPattern pattern) implements Source {}

        /** In a JSON document that is all the program prints on stdout, at the end of a path of names and indices. */
        record Json(JsonPath path) implements Source {}
    }

    /** The number in this line, in the rule's unit; empty where the rule does not match. */
    Optional<Double> in(String line) {
        return switch (source) {
            case Source.Line(NumberPattern pattern) -> pattern.in(line).map(number -> number * scale);
            case Source.Json _ -> Optional.empty();
        };
    }
}
