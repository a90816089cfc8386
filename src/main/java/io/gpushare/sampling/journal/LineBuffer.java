package io.gpushare.sampling.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A line of JSON numbers, written into the same bytes again and again: no garbage, however often a row comes. */
final class LineBuffer {
    private static final int LONGEST_NUMBER = 26;
    private static final int DECIMALS = 6;
    private static final long SCALE = 1_000_000;
    /** Up to here a value times the scale is an exact long. */
    private static final double LARGEST_SCALED = 9e9;

    private static final double LARGEST_WHOLE = 9e18;

    private byte[] bytes = new byte[1024];
    private int length;

    void clear() {
        length = 0;
    }

    void character(char ascii) {
        room();
        bytes[length++] = (byte) ascii;
    }

    /** Whole numbers as they are, others to six decimals without trailing zeros. */
    void number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE) {
            whole((long) value);
        } else if (Math.abs(value) < LARGEST_SCALED) {
            fixed(Math.round(value * SCALE), DECIMALS);
        } else {
            text(Double.toString(value));
        }
    }

    /** Nanoseconds as milliseconds, to the microsecond. */
    void milliseconds(long nanos) {
        fixed(Math.floorDiv(nanos, 1000), 3);
    }

    void whole(long value) {
        room();
        if (value < 0) {
            bytes[length++] = '-';
        }
        digits(value, 1);
    }

    void nothing() {
        text("null");
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
    }

    private void fixed(long scaled, int decimals) {
        long rest = scaled;
        int shown = decimals;
        while (shown > 0 && rest % 10 == 0) {
            rest /= 10;
            shown--;
        }
        room();
        if (rest < 0) {
            bytes[length++] = '-';
        }
        digits(rest, shown + 1);
        if (shown > 0) {
            System.arraycopy(bytes, length - shown, bytes, length - shown + 1, shown);
            bytes[length - shown] = '.';
            length++;
        }
    }

    /** Digits of the absolute value, which a negative remainder reaches without overflow. */
    private void digits(long value, int atLeast) {
        int count = 1;
        for (long rest = value / 10; rest != 0; rest /= 10) {
            count++;
        }
        count = Math.max(count, atLeast);
        long rest = value;
        for (int position = length + count - 1; position >= length; position--) {
            bytes[position] = (byte) ('0' + Math.abs(rest % 10));
            rest /= 10;
        }
        length += count;
    }

    private void text(String ascii) {
        byte[] added = ascii.getBytes(StandardCharsets.US_ASCII);
        room();
        System.arraycopy(added, 0, bytes, length, added.length);
        length += added.length;
    }

    private void room() {
        if (length + LONGEST_NUMBER > bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
    }
}
