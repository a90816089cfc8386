package io.gpushare.load.bound;

import io.gpushare.load.account.Goal;
import io.gpushare.load.account.LoadMetric;
import io.gpushare.load.bound.Bound.Side;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads bounds: {@code p99<10ms}, {@code error_rate>5%}, {@code throughput<900}. */
public final class BoundText {
    private static final Pattern FORM = Pattern.compile("\\s*(?<name>[A-Za-z][A-Za-z0-9_.]*)\\s*(?<sign>[<>])\\s*"
            + "(?<number>\\d{1,15}(?:\\.\\d{1,15})?)\\s*(?<unit>%|/s|s|ms|us|µs)?\\s*");

    private BoundText() {}

    /** @throws IllegalArgumentException with a sentence */
    public static Bound parse(String text) {
        Matcher form = form(text);
        String unit = unit(form);
        Quantity quantity = Quantity.named(form.group("name"), unit.equals("%"));
        double number = Double.parseDouble(form.group("number"));
        double limit = switch (quantity) {
            case Quantity.Latency _ -> nanos(text, number, unit);
            case Quantity.ErrorRate _, Quantity.GoodShare _ -> {
                if (!unit.equals("%") || number > 100) {
                    throw new IllegalArgumentException("'" + text + "' needs a limit from 0% to 100%");
                }
                yield number / 100;
            }
            case Quantity.Rate _ -> {
                if (!unit.isEmpty() && !unit.equals("/s")) {
                    throw new IllegalArgumentException("'" + text + "' needs a limit a second, as 900 or 900/s");
                }
                yield number;
            }
        };
        return new Bound(text.strip(), quantity, form.group("sign").equals("<") ? Side.BELOW : Side.ABOVE, limit);
    }

    /** Several, with commas between. */
    public static List<Bound> parseAll(String text) {
        return Arrays.stream(text.split(",", -1)).map(BoundText::parse).toList();
    }

    /**
     * What makes a single request a good one: {@code ttft<200ms,tpot<30ms}.
     *
     * @throws IllegalArgumentException with a sentence
     */
    public static Goal parseGoal(String text) {
        return new Goal(Arrays.stream(text.split(",", -1)).map(BoundText::limit).toList());
    }

    private static Goal.Limit limit(String text) {
        Matcher form = form(text);
        String name = form.group("name").equals("e2el") ? "latency" : form.group("name");
        Optional<LoadMetric> metric = Quantity.metric(name).filter(BoundText::isOfOneRequest);
        if (metric.isEmpty() || form.group("sign").equals(">")) {
            throw new IllegalArgumentException(
                    "'" + text + "' makes no request good; say latency<100ms, ttft<200ms or tpot<30ms");
        }
        return new Goal.Limit(metric.get(), nanos(text, Double.parseDouble(form.group("number")), unit(form)));
    }

    private static boolean isOfOneRequest(LoadMetric metric) {
        return switch (metric) {
            case REQUEST_LATENCY, TIME_TO_FIRST_TOKEN, TIME_PER_OUTPUT_TOKEN -> true;
            case REQUEST_LATENCY_UNCORRECTED, INTER_TOKEN_LATENCY, DISPATCH_LATENESS -> false;
        };
    }

    private static Matcher form(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no bound. Say it like p99<10ms, error_rate>5% or throughput<900");
        }
        return form;
    }

    private static String unit(Matcher form) {
        return Optional.ofNullable(form.group("unit")).orElse("");
    }

    private static double nanos(String text, double number, String unit) {
        return switch (unit) {
            case "s" -> number * 1e9;
            case "ms" -> number * 1e6;
            case "us", "µs" -> number * 1e3;
            default -> throw new IllegalArgumentException("'" + text + "' needs a limit in s, ms or us");
        };
    }
}
