package io.gpushare.process;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The beginning and the end of what a program printed, in bounded memory. Safe for several threads. */
final class KeptOutput {
    private final int limit;
    private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
    private final ByteArrayOutputStream end = new ByteArrayOutputStream();
    private long dropped;

    /** @param limit bytes that are kept of the beginning, and as many of the end */
    KeptOutput(int limit) {
        this.limit = limit;
    }

    synchronized void add(byte[] bytes, int offset, int count) {
        int first = Math.min(count, limit - beginning.size());
        beginning.write(bytes, offset, first);
        end.write(bytes, offset + first, count - first);
        if (end.size() > 2 * limit) {
            shortenEnd();
        }
    }

    private void shortenEnd() {
        byte[] all = end.toByteArray();
        int excess = all.length - limit;
        end.reset();
        end.write(all, excess, limit);
        dropped += excess;
    }

    synchronized String text() {
        if (end.size() > limit) {
            shortenEnd();
        }
        if (dropped > 0) {
            return beginning.toString(StandardCharsets.UTF_8)
                    + "\n… " + dropped + " bytes are left out here …\n"
                    + end.toString(StandardCharsets.UTF_8);
        }
        // Together, since the border may lie within a character.
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(beginning.toByteArray());
        whole.writeBytes(end.toByteArray());
        return whole.toString(StandardCharsets.UTF_8);
    }
}
