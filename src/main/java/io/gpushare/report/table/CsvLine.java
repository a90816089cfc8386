package io.gpushare.report.table;

import io.gpushare.text.SafeText;
import java.util.regex.Pattern;

/**
 * One line of comma-separated values, quoted as RFC 4180 says. What a spreadsheet would take for a formula is shown as
 * text: names come from anybody's files.
 */
final class CsvLine {
    private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",]");
    private static final String FORMULA_BEGINS = "=+-@";

    private final StringBuilder line = new StringBuilder();
    private boolean begun;

    CsvLine name(String name) {
        String shown = SafeText.of(name);
        boolean formula = !shown.isEmpty() && FORMULA_BEGINS.indexOf(shown.charAt(0)) >= 0;
        return cell(formula ? "'" + shown : shown);
    }

    CsvLine number(long value) {
        return cell(Long.toString(value));
    }

    /** With all its digits; empty where it is none. */
    CsvLine number(double value) {
        return cell(Double.isFinite(value) ? Double.toString(value) : "");
    }

    CsvLine nothing() {
        return cell("");
    }

    private CsvLine cell(String content) {
        line.append(begun ? "," : "");
        begun = true;
        line.append(NEEDS_QUOTES.matcher(content).find() ? '"' + content.replace("\"", "\"\"") + '"' : content);
        return this;
    }

    @Override
    public String toString() {
        return line.toString();
    }
}
