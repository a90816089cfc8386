package io.gpushare.results.reading.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of a file, one after another, in memory that does not grow with it. */
public final class ByteSource implements AutoCloseable {
    public static final int END = -1;

    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private long before;

    private ByteSource(InputStream in) {
        this.in = in;
    }

    public static ByteSource open(Path file) throws IOException {
        // Not by its text: a name may be none in this machine's encoding, and only the path knows its bytes.
        return new ByteSource(Files.newInputStream(file));
    }

    static ByteSource of(InputStream in) {
        return new ByteSource(in);
    }

    /** From 0 to 255, or {@link #END}. */
    public int next() throws IOException {
        return at < end ? buffer[at++] & 0xFF : refill();
    }

    /** The byte that came last comes again. Once after each that came. */
    void back() {
        at--;
    }

    private int refill() throws IOException {
        before += end;
        at = 0;
        end = 0;
        int read = in.read(buffer, 0, BUFFER);
        if (read <= 0) {
            return END;
        }
        end = read;
        return buffer[at++] & 0xFF;
    }

    /** How many came. */
    long count() {
        return before + at;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
