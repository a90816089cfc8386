package io.gpushare.report.contrast;

import io.gpushare.text.SafeText;

/** Text that Markdown shows as it is, in a table and out of it, whatever a workload or a file is called. */
final class MarkdownText {
    private static final String SPECIAL = "\\`*_{}[]()#!|~<>&\"'$^=";
    /** Between the sign and the name, so that no account is told of it. */
    private static final String MENTION = "@<!-- -->";

    private MarkdownText() {}

    static String plain(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        SafeText.of(text).codePoints().forEach(character -> {
            if (character == '@') {
                escaped.append(MENTION);
            } else if (SPECIAL.indexOf(character) >= 0) {
                escaped.append("&#").append(character).append(';');
            } else {
                escaped.appendCodePoint(character);
            }
        });
        return escaped.toString();
    }

    /** As code. */
    static String name(String text) {
        return "<code>" + plain(text) + "</code>";
    }
}
