package io.gpushare.text;

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
}
