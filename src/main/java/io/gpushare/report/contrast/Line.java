package io.gpushare.report.contrast;

import io.gpushare.text.SafeText;

/**
 * A line of text.
 *
 * @param indent of what follows where the line is wrapped; a line of a table, -1, is not
 */
public record Line(Tone tone, String text, int indent) {
    private static final int WHOLE = -1;

    public Line {
        text = SafeText.of(text);
    }

    static Line of(Tone tone, String text) {
        return new Line(tone, text, 0);
    }

    static Line whole(Tone tone, String text) {
        return new Line(tone, text, WHOLE);
    }

    static Line empty() {
        return whole(Tone.PLAIN, "");
    }

    public boolean wraps() {
        return indent != WHOLE;
    }
}
