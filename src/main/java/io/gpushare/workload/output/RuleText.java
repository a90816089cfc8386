package io.gpushare.workload.output;

import io.gpushare.workload.output.MeasureRule.Kind;
import io.gpushare.workload.output.MeasureRule.Source;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rule as people write it in a word: {@code it/s=([0-9.]+) it/s}. What stands before the sign says what the
 * number is: {@code image/s} a rate, {@code s/image} or {@code ms/image} the time of one, {@code count:image} how many
 * by now, {@code step:ms} the time of the step that has just ended, {@code value:loss} a number beside the work.
 * {@code $.path} after it looks in a JSON document.
 */
public final class RuleText {
    private static final Pattern SYNTAX = Pattern.compile("([^=]+)=(.+)", Pattern.DOTALL);
    private static final Pattern RATE = Pattern.compile("(.+)/(s|min|h)");
    private static final Pattern TIME_EACH = Pattern.compile("(ns|us|ms|s|min)/(.+)");
    private static final Pattern MARKED = Pattern.compile("(count|step|value):(.+)");
    private static final Map<String, Double> SECONDS =
            Map.of("ns", 1e-9, "us", 1e-6, "ms", 1e-3, "s", 1.0, "min", 60.0, "h", 3600.0);

    private RuleText() {}

    /**
     * @return several for the name of known rules
     * @throws IllegalArgumentException with a sentence for the person who wrote it
     */
    public static List<MeasureRule> parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            return KnownOutputs.shipped().find(text);
        }
        String what = matcher.group(1).strip();
        Source source = matcher.group(2).startsWith("$")
                ? new Source.Json(JsonPath.parse(matcher.group(2)))
                : new Source.Line(NumberPattern.parse(matcher.group(2), false));
        return List.of(rule(what, source));
    }

    private static MeasureRule rule(String what, Source source) {
        Matcher marked = MARKED.matcher(what);
        if (marked.matches()) {
            String name = marked.group(2);
            return switch (marked.group(1)) {
                case "count" -> new MeasureRule(name, Kind.COUNT, source, 1);
                case "step" -> new MeasureRule("step", Kind.DURATION, source, seconds(name));
                default -> new MeasureRule(name, Kind.VALUE, source, 1);
            };
        }
        Matcher timeEach = TIME_EACH.matcher(what);
        if (timeEach.matches()) {
            return new MeasureRule(timeEach.group(2), Kind.TIME_EACH, source, seconds(timeEach.group(1)));
        }
        Matcher rate = RATE.matcher(what);
        if (rate.matches()) {
            return new MeasureRule(rate.group(1), Kind.RATE, source, 1 / seconds(rate.group(2)));
        }
        throw new IllegalArgumentException("'" + what
                + "' does not say what the number is; write image/s=…, ms/image=…, count:image=…, step:ms=… or"
                + " value:loss=…");
    }

    private static double seconds(String unit) {
        Double seconds = SECONDS.get(unit);
        if (seconds == null) {
            throw new IllegalArgumentException("'" + unit + "' is no unit of time; there are ns, us, ms, s, min, h");
        }
        return seconds;
    }
}
