package io.gpushare.sampling.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.gpushare.failure.GpushareException;
import io.gpushare.sampling.samples.SampleListener;
import io.gpushare.sampling.samples.Session;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A journal that comes through a pipe, while it is written. What comes before somebody listens waits for that. Told by
 * one thread at a time.
 */
public final class JournalStream {
    /** No line of a journal is longer. */
    private static final int LONGEST = 1 << 20;

    private final JournalReplay replay;
    private final List<SampleListener> listeners = new ArrayList<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final List<byte[]> waiting = new ArrayList<>();
    private Optional<Session> session = Optional.empty();
    private boolean heard;

    /** @param source as messages name it */
    public JournalStream(String source) {
        this.replay = new JournalReplay(source);
    }

    /** @throws GpushareException when the first line is not that of a journal */
    public synchronized void take(byte[] bytes, int offset, int count) {
        for (int at = offset; at < offset + count; at++) {
            if (bytes[at] == '\n') {
                byte[] whole = line.toByteArray();
                line.reset();
                ended(whole);
            } else if (line.size() < LONGEST) {
                line.write(bytes[at]);
            }
        }
    }

    private void ended(byte[] whole) {
        if (session.isPresent() && heard) {
            replay.line(whole, whole.length);
        } else {
            waiting.add(whole);
            if (session.isEmpty()) {
                // Tables of the first line are told to those who listen by then: it is read once for each purpose.
                JournalReplay first = new JournalReplay("");
                first.begin(whole, whole.length, _ -> List.of());
                session = Optional.of(first.outcome().session());
            }
        }
    }

    /** Empty before the first line has come. */
    public synchronized Optional<Session> session() {
        return session;
    }

    /** From here on all is told, beginning with what has come before. Once, and with the session known. */
    public synchronized void tell(SampleListener listener) {
        listeners.add(listener);
        heard = true;
        byte[] header = waiting.removeFirst();
        replay.begin(header, header.length, _ -> listeners);
        waiting.forEach(whole -> replay.line(whole, whole.length));
        waiting.clear();
    }

    /** Lines that were not what a journal has; they are left out. */
    public synchronized long unreadableLines() {
        return heard ? replay.outcome().unreadableLines() : 0;
    }

    /** The sampler's report on itself, with which a journal ends. */
    public synchronized Optional<JsonNode> instrument() {
        return heard ? replay.outcome().instrument() : Optional.empty();
    }
}
