package io.gpushare.workload.protocol;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What the first bytes of a line say it is. */
enum LineHead {
    /** More bytes will tell; a line that ends here is log. */
    UNDECIDED,
    LOG,
    MESSAGE,
    OTHER_VERSION;

    /** A number that is longer is cut there: it is another version whatever follows. */
    private static final int LONGEST_VERSION = 24;

    private static final byte[] OPENING = "{\"gpushare\":".getBytes(StandardCharsets.US_ASCII);
    private static final String OURS = "1";
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]*)?([eE][+-]?[0-9]*)?");

    /** No line has to be seen further than this to know what it is. */
    static final int LONGEST = OPENING.length + LONGEST_VERSION + 1;

    /**
     * @param until behind the last byte of the line that there is
     * @param whole whether the line ends there
     */
    static LineHead of(byte[] bytes, int from, int until, boolean whole) {
        int length = Math.min(until - from, OPENING.length);
        for (int i = 0; i < length; i++) {
            if (bytes[from + i] != OPENING[i]) {
                return LOG;
            }
        }
        if (length < OPENING.length) {
            return whole ? LOG : UNDECIDED;
        }
        int numberFrom = from + OPENING.length;
        // Nearly all lines that come this far are messages.
        if (until - numberFrom >= 2 && bytes[numberFrom] == '1' && bytes[numberFrom + 1] == ',') {
            return MESSAGE;
        }
        String number = numberAt(bytes, numberFrom, until);
        boolean endSeen = whole || numberFrom + number.length() < until || number.length() == LONGEST_VERSION;
        if (!endSeen) {
            return UNDECIDED;
        }
        return NUMBER.matcher(number).matches() && !number.equals(OURS) ? OTHER_VERSION : LOG;
    }

    /** Of a line with another version. */
    static String version(byte[] bytes, int from, int until) {
        return numberAt(bytes, from + OPENING.length, until);
    }

    private static String numberAt(byte[] bytes, int from, int until) {
        int end = from;
        while (end < until && end - from < LONGEST_VERSION && "+-.0123456789eE".indexOf(bytes[end]) >= 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.US_ASCII);
    }
}
