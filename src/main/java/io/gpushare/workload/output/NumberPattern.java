package io.gpushare.workload.output;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression that finds a number in a line: what its first group holds, or the group named {@code number}.
 *
 * @param decimalComma whether the program writes {@code 12,3}: groups of thousands are then told by points
 */
public record NumberPattern(Pattern pattern, boolean decimalComma) {
    private static final String NAMED = "number";
    private static final Map<Character, Double> PREFIXES = Map.of('k', 1e3, 'K', 1e3, 'M', 1e6, 'G', 1e9, 'T', 1e12);

    /** @throws IllegalArgumentException with a sentence for the person who wrote it */
    public static NumberPattern parse(String text, boolean decimalComma) {
        try {
            Pattern pattern = Pattern.compile(text);
            if (pattern.matcher("").groupCount() == 0) {
                throw new IllegalArgumentException("'" + text
                        + "' has no group that holds the number: put it in parentheses, as in ([0-9.]+) it/s");
            }
            return new NumberPattern(pattern, decimalComma);
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no regular expression: " + wrong.getDescription(), wrong);
        }
    }

    /** Of several in one line, as a bar that is drawn over and over, the last. */
    Optional<Double> in(String line) {
        Matcher matcher = pattern.matcher(line);
        Optional<Double> last = Optional.empty();
        while (matcher.find()) {
            int group = pattern.namedGroups().getOrDefault(NAMED, 1);
            String text = matcher.group(group);
            if (text != null) {
                if (cut(line, matcher.start(group))) {
                    throw new OddNumberException(around(line, matcher.start(group), matcher.end(group)));
                }
                last = Optional.of(number(text));
            }
        }
        return last;
    }

    /** Of {@code 12,3} a pattern for digits and points would find the 3. */
    private static boolean cut(String line, int start) {
        if (start == 0) {
            return false;
        }
        char before = line.charAt(start - 1);
        boolean mark = before == ',' || before == '.';
        return Character.isDigit(before) || (mark && start > 1 && Character.isDigit(line.charAt(start - 2)));
    }

    private static String around(String line, int start, int end) {
        int from = start;
        while (from > 0 && (Character.isDigit(line.charAt(from - 1)) || ",.".indexOf(line.charAt(from - 1)) >= 0)) {
            from--;
        }
        return line.substring(from, end);
    }

    private double number(String text) {
        String digits = text.strip().replace(" ", "").replace("_", "");
        double prefix = 1;
        if (!digits.isEmpty()) {
            Double known = PREFIXES.get(digits.charAt(digits.length() - 1));
            if (known != null) {
                prefix = known;
                digits = digits.substring(0, digits.length() - 1);
            }
        }
        String plain = decimalComma ? digits.replace(".", "").replace(',', '.') : digits.replace(",", "");
        try {
            double number = Double.parseDouble(plain);
            if (!Double.isFinite(number)
                    || number < 0
                    || plain.toLowerCase(Locale.ROOT).matches(".*[a-df-z].*")) {
                throw new OddNumberException(text);
            }
            return number * prefix;
        } catch (NumberFormatException odd) {
            throw new OddNumberException(text, odd);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NumberPattern(Pattern others, boolean comma)
                && pattern.pattern().equals(others.pattern())
                && decimalComma == comma;
    }

    @Override
    public int hashCode() {
        return pattern.pattern().hashCode();
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
