package io.gpushare.compare;

import io.gpushare.compare.Threshold.Direction;
import io.gpushare.compare.Threshold.Limit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code METRIC[/VARIANT] > or < [+-]N%} or {@code … N[unit]}. */
public final class ThresholdText {
    private static final Pattern FORM =
            Pattern.compile("\\s*(?<metric>[A-Za-z][A-Za-z0-9_.-]*)\\s*(?:/(?<variant>[^<>]+?))?\\s*"
                    + "(?<sign>[<>])\\s*(?<limit>[^<>=]*?)\\s*");
    private static final Pattern LIMIT =
            Pattern.compile("(?<sign>[+-])?\\s*(?<number>\\d{1,15}(?:\\.\\d{1,15})?|\\.\\d{1,15})\\s*"
                    + "(?<unit>%|[A-Za-zµ×][A-Za-zµ/]*)?");
    private static final String LIKE = " Say it like p99>+10%, stp<-5%, p99/bert-infer>12ms or fairness<0.8.";

    private ThresholdText() {}

    /** @throws IllegalArgumentException a sentence: what is wrong, and what a threshold looks like */
    public static Threshold parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no threshold: " + problem(text) + LIKE);
        }
        Direction direction = form.group("sign").equals(">") ? Direction.ABOVE : Direction.BELOW;
        return new Threshold(
                text.strip(),
                form.group("metric"),
                Optional.ofNullable(form.group("variant")).map(String::strip),
                direction,
                limit(text, form.group("limit")));
    }

    private static String problem(String text) {
        if (text.contains("=")) {
            return "it compares with > or <, not with =.";
        }
        long signs = text.chars()
                .filter(character -> character == '<' || character == '>')
                .count();
        if (signs == 0) {
            return "it has neither > nor <.";
        }
        return signs > 1 ? "it has several of > and <." : "in front of > or < stands no name of a metric.";
    }

    private static Limit limit(String text, String said) {
        Matcher limit = LIMIT.matcher(said);
        if (!limit.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no threshold: "
                    + (said.isEmpty() ? "it ends before its limit." : "'" + said + "' is no limit.") + LIKE);
        }
        double number = Double.parseDouble(limit.group("number"));
        String unit = Optional.ofNullable(limit.group("unit")).orElse("");
        String sign = Optional.ofNullable(limit.group("sign")).orElse("");
        if (unit.equals("%")) {
            return new Limit.Relative(sign.equals("-") ? -number : number);
        }
        if (!sign.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' is no threshold: a change is given in percent, as "
                    + sign + "10%, and a bound without a sign, as 12ms." + LIKE);
        }
        return new Limit.Absolute(number, unit);
    }
}
