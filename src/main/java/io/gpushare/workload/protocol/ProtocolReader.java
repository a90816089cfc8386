package io.gpushare.workload.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Tells messages from log in a tenant's stdout, however the bytes are cut into pieces. Keeps a line only as long as it
 * may be a message, so a tenant may print lines of any length. Not thread safe.
 */
public final class ProtocolReader {
    /** A window with every bucket that there is takes a tenth of this. */
    public static final int LONGEST_MESSAGE_BYTES = 1 << 20;

    private static final int USUAL_MESSAGE_BYTES = 4096;

    /** As many tell what a line is, and what of it is shown to a person. */
    private static final int FIRST_BYTES = Math.max(LineHead.LONGEST, Excerpt.LONGEST + 1);

    private static final byte[] LINE_FEED = {'\n'};

    private final ProtocolListener listener;
    private final MessageParser parser = new MessageParser();

    /** The begin of the line under way, while that may become a message. */
    private byte[] held = new byte[USUAL_MESSAGE_BYTES];

    private int heldCount;

    /** The line under way is known to be no message: the rest of it goes by. */
    private boolean passing;

    public ProtocolReader(ProtocolListener listener) {
        this.listener = listener;
    }

    /** The bytes may be changed by the caller afterwards. */
    public void feed(byte[] bytes, int offset, int count) {
        int end = offset + count;
        int logFrom = offset;
        int at = offset;
        while (at < end) {
            int lineFeed = lineFeed(bytes, at, end);
            boolean whole = lineFeed < end;
            int next = whole ? lineFeed + 1 : end;
            if (passing) {
                passing = !whole;
            } else if (heldCount > 0) {
                next = continueHeld(bytes, at, lineFeed, whole);
                logFrom = next;
            } else {
                LineHead head = LineHead.of(bytes, at, lineFeed, whole);
                if (head == LineHead.LOG) {
                    passing = !whole;
                } else {
                    log(bytes, logFrom, at);
                    begin(head, bytes, at, lineFeed, whole);
                    logFrom = next;
                }
            }
            at = next;
        }
        log(bytes, logFrom, end);
    }

    /** The end of stdout. A half line that came last is no message: it goes to the log. */
    public void end() {
        releaseHeld();
        passing = false;
    }

    private static int lineFeed(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    /** A line that may be, or is, a message, or one of another version. */
    private void begin(LineHead head, byte[] bytes, int from, int until, boolean whole) {
        switch (head) {
            case OTHER_VERSION -> {
                listener.violation(otherVersion(bytes, from, until));
                log(bytes, from, whole ? until + 1 : until);
                passing = !whole;
            }
            case UNDECIDED -> hold(bytes, from, until);
            case MESSAGE -> {
                if (until - from > LONGEST_MESSAGE_BYTES) {
                    listener.violation(tooLong(bytes, from, until));
                    log(bytes, from, whole ? until + 1 : until);
                    passing = !whole;
                } else if (whole) {
                    message(bytes, from, until);
                } else {
                    hold(bytes, from, until);
                }
            }
            case LOG -> throw new IllegalStateException("log is not kept");
        }
    }

    /** @return behind the last byte that was dealt with */
    private int continueHeld(byte[] bytes, int from, int lineFeed, boolean lineEnds) {
        // First only as much as tells what the line is: a line of log may be endless.
        int missing = Math.max(0, FIRST_BYTES - heldCount);
        if (missing > 0 && lineFeed - from > missing) {
            hold(bytes, from, from + missing);
            return judgeHeld(false) ? from + missing : continueHeld(bytes, from + missing, lineFeed, lineEnds);
        }
        if (heldCount + (lineFeed - from) > LONGEST_MESSAGE_BYTES) {
            listener.violation(tooLong(held, 0, heldCount));
            releaseHeld();
            passing = true;
            return from;
        }
        hold(bytes, from, lineFeed);
        judgeHeld(lineEnds);
        if (!lineEnds) {
            return lineFeed;
        }
        if (passing) {
            // What was held is log, and its line feed comes next.
            return lineFeed;
        }
        int count = heldCount;
        heldCount = 0;
        message(held, 0, count);
        if (held.length > USUAL_MESSAGE_BYTES * 16) {
            held = new byte[USUAL_MESSAGE_BYTES];
        }
        return lineFeed + 1;
    }

    /** @return whether the held line turned out to be no message, and passes from here on */
    private boolean judgeHeld(boolean whole) {
        switch (LineHead.of(held, 0, heldCount, whole)) {
            case UNDECIDED, MESSAGE -> {
                return false;
            }
            case OTHER_VERSION -> listener.violation(otherVersion(held, 0, heldCount));
            case LOG -> {}
        }
        releaseHeld();
        passing = true;
        return true;
    }

    private void message(byte[] bytes, int from, int until) {
        TenantMessage message;
        try {
            message = parser.parse(bytes, from, until - from);
        } catch (ProtocolViolationException violation) {
            listener.violation(violation.problem() + ": " + Excerpt.of(bytes, from, until));
            log(bytes, from, until);
            listener.log(LINE_FEED, 0, 1);
            return;
        }
        listener.message(message);
    }

    private static String otherVersion(byte[] bytes, int from, int until) {
        return "it speaks version " + LineHead.version(bytes, from, until)
                + " of the tenant protocol, and this gpushare speaks version 1";
    }

    private static String tooLong(byte[] bytes, int from, int until) {
        return "a message is longer than " + (LONGEST_MESSAGE_BYTES >> 20) + " MiB: " + Excerpt.of(bytes, from, until);
    }

    private void hold(byte[] bytes, int from, int until) {
        int count = until - from;
        if (heldCount + count > held.length) {
            held = Arrays.copyOf(held, Math.max(heldCount + count, 2 * held.length));
        }
        System.arraycopy(bytes, from, held, heldCount, count);
        heldCount += count;
    }

    private void releaseHeld() {
        int count = heldCount;
        heldCount = 0;
        log(held, 0, count);
    }

    private void log(byte[] bytes, int from, int until) {
        if (until > from) {
            listener.log(bytes, from, until - from);
        }
    }

    /** What the first bytes of a line say it is. */
    private enum LineHead {
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
}
