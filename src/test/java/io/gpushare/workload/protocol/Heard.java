package io.gpushare.workload.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Remembers what a reader told, in order, with neighbouring pieces of log joined. */
final class Heard implements ProtocolListener {
    final List<Object> events = new ArrayList<>();
    final List<TenantMessage> messages = new ArrayList<>();
    final List<String> violations = new ArrayList<>();
    private final StringBuilder log = new StringBuilder();
    private StringBuilder lastPiece = new StringBuilder();
    int longestPiece;

    /** Each line with its line feed, given at once. */
    static Heard of(String... lines) {
        return of((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static Heard of(byte[] bytes) {
        Heard heard = new Heard();
        ProtocolReader reader = new ProtocolReader(heard);
        reader.feed(bytes, 0, bytes.length);
        reader.end();
        return heard;
    }

    /** In pieces from a buffer that is used again for each, as a pipe is read. */
    static Heard inPieces(byte[] bytes, Random random, int longest) {
        Heard heard = new Heard();
        ProtocolReader reader = new ProtocolReader(heard);
        byte[] buffer = new byte[longest + 3];
        for (int at = 0; at < bytes.length; ) {
            int count = Math.min(bytes.length - at, random.nextInt(longest) + 1);
            int offset = random.nextInt(3);
            System.arraycopy(bytes, at, buffer, offset, count);
            reader.feed(buffer, offset, count);
            at += count;
        }
        reader.end();
        return heard;
    }

    @Override
    public void message(TenantMessage message) {
        messages.add(message);
        event(message);
    }

    @Override
    public void log(byte[] bytes, int offset, int count) {
        longestPiece = Math.max(longestPiece, count);
        // Latin 1 keeps every byte apart.
        String piece = new String(bytes, offset, count, StandardCharsets.ISO_8859_1);
        log.append(piece);
        if (lastPiece.isEmpty()) {
            events.add(lastPiece);
        }
        lastPiece.append(piece);
    }

    @Override
    public void violation(String problem) {
        violations.add(problem);
        event(problem);
    }

    private void event(Object event) {
        lastPiece = new StringBuilder();
        events.add(event);
    }

    String log() {
        return log.toString();
    }

    /** As text, which compares. */
    List<String> transcript() {
        return events.stream()
                .map(event -> event.getClass().getSimpleName() + " " + event)
                .toList();
    }
}
