package io.gpushare.cli.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The last line of defence: all text that this program prints goes through {@link GuardedText} here, wherever it came
 * from.
 */
final class GuardedOutput extends OutputStream {
    private static final int CHUNK = 8192;

    private final OutputStream target;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    /** Bytes of a character that is not whole yet stay in it. */
    private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK);

    private final CharBuffer characters = CharBuffer.allocate(CHUNK);
    private final StringBuilder guarded = new StringBuilder(CHUNK);
    private final GuardedText guard;

    GuardedOutput(OutputStream target, boolean styles, boolean obeyed) {
        this.target = target;
        this.guard = new GuardedText(styles, obeyed, guarded::appendCodePoint);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] text, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            int count = Math.min(end - at, bytes.remaining());
            bytes.put(text, at, count);
            at += count;
            writeWhole();
        }
    }

    private void writeWhole() throws IOException {
        bytes.flip();
        // As many characters as bytes at most: there is room for all.
        decoder.decode(bytes, characters, false);
        bytes.compact();
        characters.flip();
        characters.toString().codePoints().forEach(guard::accept);
        characters.clear();
        byte[] harmless = guarded.toString().getBytes(StandardCharsets.UTF_8);
        guarded.setLength(0);
        target.write(harmless, 0, harmless.length);
    }

    @Override
    public void flush() throws IOException {
        target.flush();
    }
}
