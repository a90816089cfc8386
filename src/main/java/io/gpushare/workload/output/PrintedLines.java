package io.gpushare.workload.output;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Takes bytes as they come and hands on lines. A carriage return ends a line too: bars of progress are drawn over each
 * other with it. Of a line without end only so much is kept, its begin and nothing more: a program that never ends one
 * must not fill the memory.
 */
final class PrintedLines {
    static final int LONGEST = 8192;

    private final byte[] line = new byte[LONGEST];
    private final Consumer<String> lines;
    private int length;

    PrintedLines(Consumer<String> lines) {
        this.lines = lines;
    }

    void feed(byte[] bytes, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            byte next = bytes[i];
            if (next == '\n' || next == '\r') {
                end();
            } else if (length < LONGEST) {
                line[length++] = next;
            }
        }
    }

    /** What came last had no end of line. */
    void end() {
        if (length > 0) {
            String text = new String(line, 0, length, StandardCharsets.UTF_8);
            length = 0;
            lines.accept(text);
        }
    }
}
