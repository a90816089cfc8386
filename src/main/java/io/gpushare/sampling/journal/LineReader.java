package io.gpushare.sampling.journal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Lines that end with a line feed, one after another in the same bytes. A rest without one is not a line. Of a line
 * longer than any that a journal has (zeros that a disk left behind) only the beginning is kept.
 */
final class LineReader {
    private static final int LINE_FEED = '\n';
    private static final int LONGEST = 1 << 20;

    private final InputStream in;
    private byte[] bytes = new byte[4096];
    private int length;

    LineReader(InputStream in) {
        this.in = in;
    }

    boolean next() throws IOException {
        length = 0;
        for (int read = in.read(); read >= 0; read = in.read()) {
            if (read == LINE_FEED) {
                return true;
            }
            if (length == bytes.length && length < LONGEST) {
                bytes = Arrays.copyOf(bytes, length * 2);
            }
            if (length < bytes.length) {
                bytes[length++] = (byte) read;
            }
        }
        return false;
    }

    /** Holds the line in its first {@link #length} bytes, until the next. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }
}
