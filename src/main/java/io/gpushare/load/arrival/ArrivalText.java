package io.gpushare.load.arrival;

import io.gpushare.text.Numbers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;

/** Reads how arrivals are written: {@code poisson}, {@code gamma:0.5}, {@code ramp:10:100}, {@code steps:10,20,40}. */
public final class ArrivalText {
    private static final String LIKE = "Say poisson, constant, gamma:0.5, ramp:FROM:TO, steps:10,20,40 or trace:FILE";

    private ArrivalText() {}

    /**
     * @param rate requests a second, which some need and others bring themselves
     * @throws IllegalArgumentException with a sentence
     */
    public static Arrivals parse(String text, OptionalDouble rate) {
        String[] parts = text.strip().split(":", 2);
        String rest = parts.length == 2 ? parts[1] : "";
        return switch (parts[0]) {
            case "poisson" -> new Arrivals.Steady(needed(text, rate), Gaps.poisson());
            case "constant" -> new Arrivals.Steady(needed(text, rate), new Gaps.Constant());
            case "gamma" -> new Arrivals.Steady(needed(text, rate), new Gaps.Gamma(Numbers.decimal(rest)));
            case "ramp" -> {
                String[] ends = withoutRate(text, rate, rest).split(":", -1);
                if (ends.length != 2) {
                    throw new IllegalArgumentException("'" + text + "' needs two rates, as ramp:10:100");
                }
                yield new Arrivals.Ramp(Numbers.decimal(ends[0]), Numbers.decimal(ends[1]));
            }
            case "steps" ->
                new Arrivals.Steps(Arrays.stream(withoutRate(text, rate, rest).split(",", -1))
                        .map(String::strip)
                        .map(Numbers::decimal)
                        .toList());
            case "trace" -> new Arrivals.Trace(TraceTimes.read(Path.of(withoutRate(text, rate, rest))));
            default -> throw new IllegalArgumentException("there are no arrivals '" + text + "'. " + LIKE);
        };
    }

    private static double needed(String text, OptionalDouble rate) {
        return rate.orElseThrow(() -> new IllegalArgumentException("'" + text + "' needs a rate: give --rate"));
    }

    private static String withoutRate(String text, OptionalDouble rate, String rest) {
        if (rate.isPresent()) {
            throw new IllegalArgumentException("'" + text + "' brings its own rate: leave out --rate");
        }
        return rest;
    }
}
