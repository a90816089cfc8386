package io.gpushare.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Words of a command that somebody pastes into a shell. */
public final class Shell {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private Shell() {}

    /** @param word or a path, or whatever else says by {@code toString} what is to be typed */
    public static String quoted(Object word) {
        String text = word.toString();
        return SAFE.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /**
     * The words of a command line, as a shell would split it, without anything that a shell replaces.
     *
     * @throws IllegalArgumentException with a sentence for a quote that is not closed
     */
    public static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char next = line.charAt(i);
            boolean escapes = next == '\\' && quote != '\'' && i + 1 < line.length();
            if (escapes && (quote == 0 || "\"\\$`".indexOf(line.charAt(i + 1)) >= 0)) {
                word.append(line.charAt(++i));
                inWord = true;
            } else if (quote != 0) {
                if (next == quote) {
                    quote = 0;
                } else {
                    word.append(next);
                }
            } else if (next == '\'' || next == '"') {
                quote = next;
                inWord = true;
            } else if (Character.isWhitespace(next)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else {
                word.append(next);
                inWord = true;
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("'" + line + "' has a quote that is not closed");
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
