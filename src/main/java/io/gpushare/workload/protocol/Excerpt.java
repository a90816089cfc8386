package io.gpushare.workload.protocol;

import io.gpushare.text.SafeText;

/** The begin of what a tenant said, safe to print on a terminal. */
final class Excerpt {
    static final int LONGEST = 100;

    private Excerpt() {}

    static String of(byte[] bytes, int from, int until) {
        int end = Math.min(until, from + LONGEST);
        StringBuilder text = new StringBuilder(LONGEST + 1);
        for (int i = from; i < end; i++) {
            append(text, bytes[i]);
        }
        return until > end ? text.append('…').toString() : text.toString().stripTrailing();
    }

    static String of(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(character -> {
            boolean harmless = Character.isDefined(character) && !SafeText.drives(character);
            safe.appendCodePoint(harmless ? character : '·');
        });
        return text.codePointCount(0, text.length()) > LONGEST
                ? safe.append('…').toString()
                : safe.toString();
    }

    /** Anything beyond ASCII too: the bytes may be no characters at all. */
    private static void append(StringBuilder text, byte octet) {
        if (octet >= ' ' && octet < 0x7f) {
            text.append((char) octet);
        } else if (octet != '\r') {
            text.append('·');
        }
    }
}
