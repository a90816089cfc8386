package io.gpushare.cli.terminal;

import io.gpushare.text.SafeText;
import java.util.function.IntConsumer;

/**
 * Lets through what is only shown, line ends, tabs, and the styles of this program; of everything else that could drive
 * a terminal a {@code ?} remains. Some services run what the log of a job says: a line that begins with {@code
 * ::error::}, or {@code ##[command]} and {@code ##vso[command]} anywhere. There these lose a character, too.
 */
final class GuardedText {
    private static final int ESCAPE = 0x1b;
    private static final String STYLE_CHARACTERS = "0123456789;";
    /** As {@code ESC [ 1 ; 2 3 m}: longer ones are not ours. */
    private static final int LONGEST_STYLE = 16;

    private final boolean styles;
    private final boolean obeyed;
    private final IntConsumer to;

    private final StringBuilder escape = new StringBuilder();
    private boolean atLineStart = true;
    private int last = '\n';
    private int beforeLast = '\n';

    /**
     * @param styles whether there may be any
     * @param obeyed whether what is printed is read by a service that runs commands in it
     */
    GuardedText(boolean styles, boolean obeyed, IntConsumer to) {
        this.styles = styles;
        this.obeyed = obeyed;
        this.to = to;
    }

    /** A whole line, without its end. */
    static String line(String text) {
        StringBuilder guarded = new StringBuilder(text.length());
        GuardedText guard = new GuardedText(true, false, guarded::appendCodePoint);
        text.codePoints()
                .map(character -> character == '\n' || character == '\t' ? '?' : character)
                .forEach(guard::accept);
        return guarded.toString();
    }

    void accept(int character) {
        if (escape.isEmpty()) {
            plain(character);
        } else {
            escaped(character);
        }
    }

    private void plain(int character) {
        if (character == ESCAPE && styles) {
            escape.append((char) ESCAPE);
        } else if (character == '\n' || character == '\t') {
            put(character);
        } else {
            put(SafeText.drives(character) || isCommand(character) ? '?' : character);
        }
    }

    private void escaped(int character) {
        boolean goesOn = escape.length() == 1
                ? character == '['
                : STYLE_CHARACTERS.indexOf(character) >= 0 && escape.length() < LONGEST_STYLE;
        if (goesOn) {
            escape.append((char) character);
            return;
        }
        if (character == 'm' && escape.length() > 1 && isOurs(escape.substring(2))) {
            escape.chars().forEach(to);
            to.accept(character);
            escape.setLength(0);
            return;
        }
        String refused = escape.substring(1);
        escape.setLength(0);
        put('?');
        refused.chars().forEach(this::plain);
        plain(character);
    }

    /** Weight, slant, underline and the colour of letters; nothing that hides them. */
    private static boolean isOurs(String codes) {
        for (String code : codes.split(";", -1)) {
            if (!code.matches("[0-4]?|2[1-4]|3[0-79]")) {
                return false;
            }
        }
        return true;
    }

    private boolean isCommand(int character) {
        boolean colons = atLineStart && character == ':' && last == ':';
        boolean hashes = last == '#' && beforeLast == '#' && (character == '[' || Character.isLetter(character));
        return obeyed && (colons || hashes);
    }

    private void put(int character) {
        if (character == '\n') {
            atLineStart = true;
        } else if (!Character.isWhitespace(character) && character != ':') {
            atLineStart = false;
        } else if (character == ':' && last == ':') {
            atLineStart = false;
        }
        beforeLast = last;
        last = character;
        to.accept(character);
    }
}
