package io.gpushare.text;

/** Text of somebody else: the name of a workload in a file must neither drive a terminal nor turn a sentence around. */
public final class SafeText {
    private SafeText() {}

    /** Makes a text harmless and puts it on one line; {@code ?} stands for each character that was taken away. */
    public static String of(String text) {
        StringBuilder harmless = new StringBuilder(text.length());
        text.codePoints().map(character -> drives(character) ? '?' : character).forEach(harmless::appendCodePoint);
        return harmless.toString();
    }

    /**
     * Control characters, invisible ones that change the order or the look of others, halves of characters, and line
     * ends.
     */
    public static boolean drives(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /**
     * Escapes such characters in JSON that is laid out already, where they can only stand in texts, so that nothing is
     * lost.
     */
    public static String json(String json) {
        StringBuilder escaped = new StringBuilder(json.length());
        json.codePoints().forEach(character -> {
            boolean obeyed = character == '#' && escaped.length() > 0 && escaped.charAt(escaped.length() - 1) == '#';
            if (character != '\n' && (drives(character) || obeyed)) {
                for (char half : Character.toChars(character)) {
                    escaped.append(String.format("\\u%04x", (int) half));
                }
            } else {
                escaped.appendCodePoint(character);
            }
        });
        return escaped.toString();
    }
}
