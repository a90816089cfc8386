package io.gpushare.report.contrast;

import io.gpushare.text.SafeText;

/** Writes XML that every parser takes, whatever the names in it are. */
final class Xml {
    private final StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    private int depth;

    /** @param attributes names and values, in turn */
    Xml open(String element, String... attributes) {
        start(element, attributes).append(">\n");
        depth++;
        return this;
    }

    Xml close(String element) {
        depth--;
        indent().append("</").append(element).append(">\n");
        return this;
    }

    Xml empty(String element, String... attributes) {
        start(element, attributes).append("/>\n");
        return this;
    }

    Xml element(String element, String content, String... attributes) {
        start(element, attributes)
                .append('>')
                .append(escaped(content, false))
                .append("</")
                .append(element)
                .append(">\n");
        return this;
    }

    private StringBuilder start(String element, String... attributes) {
        indent().append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            text.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escaped(attributes[i + 1], true))
                    .append('"');
        }
        return text;
    }

    private StringBuilder indent() {
        return text.append("  ".repeat(depth));
    }

    private static String escaped(String text, boolean oneLine) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            switch (character) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\n', '\t' -> escaped.appendCodePoint(oneLine ? ' ' : character);
                default ->
                    escaped.appendCodePoint(allowed(character) && !SafeText.drives(character) ? character : '\uFFFD');
            }
        });
        return escaped.toString();
    }

    /** XML 1.0 has no way to say the others, not even escaped. */
    private static boolean allowed(int character) {
        return (character >= 0x20 && character <= 0xD7FF)
                || (character >= 0xE000 && character <= 0xFFFD)
                || (character >= 0x10000 && character <= 0x10FFFF);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
