package io.gpushare.prose;

import java.util.regex.Pattern;

/** Text of somebody else: the name of a workload in a file must neither drive a terminal nor turn a sentence around. */
public final class Harmless {
    /** Control characters, invisible ones that change the order or the look of others, halves of characters, and line ends. */
    private static final Pattern DRIVING = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private Harmless() {}

    /** On one line; {@code ?} stands for what was taken away. */
    public static String of(String text) {
        return DRIVING.matcher(text).replaceAll("?");
    }
}
