package io.gpushare.text;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Breaks a paragraph into lines between words. */
public final class Wrapping {
    private static final Pattern BETWEEN_WORDS = Pattern.compile(" (?!%(?!\\w))");

    private Wrapping() {}

    /**
     * A word that is wider than the line stays whole, so that it can be copied; so does a number with its percent sign.
     */
    public static Stream<String> of(String text, int width) {
        Stream.Builder<String> lines = Stream.builder();
        StringBuilder line = new StringBuilder();
        for (String word : BETWEEN_WORDS.split(text, -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        return lines.add(line.toString()).build();
    }
}
