package io.gpushare.results.reading.document;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Splits a document into its large lists, which are handed over as they come, and the rest, which is kept with those lists
 * empty. Sees to brackets, commas and quotes; whether names, texts and numbers of the rest are well formed shows when it is
 * made a tree.
 */
public final class DocumentScanner {
    static final int DEEPEST = 100;

    private static final int LARGEST_HEAD = 8 << 20;
    private static final int MOST_NODES = 200_000;
    private static final int LONGEST_WORD = 64;
    private static final int LONGEST_KIND = 40;

    private final ByteSource source;
    private final JsonTokens tokens;
    private final LargeParts parts;
    private byte[] head = new byte[1 << 15];
    private int length;
    private int nodes;
    private Optional<String> kind = Optional.empty();

    public DocumentScanner(ByteSource source, LargeParts parts) {
        this.source = source;
        this.tokens = new JsonTokens(source);
        this.parts = parts;
    }

    /** All of the document but its large lists. */
    public byte[] scan() throws IOException, DamagedFileException {
        int first = source.next();
        if (first == ByteSource.END) {
            throw new DamagedFileException("is empty");
        }
        source.back();
        first = tokens.next();
        if (first != '{') {
            throw tokens.unexpected(first, "'{'");
        }
        object(DocumentPlace.ROOT, 0, 0);
        requireEnd();
        return Arrays.copyOf(head, length);
    }

    /** What the document says it is, as far as it was read. */
    public Optional<String> kind() {
        return kind;
    }

    private void requireEnd() throws IOException, DamagedFileException {
        for (int next = source.next(); next != ByteSource.END; next = source.next()) {
            if (next > ' ') {
                throw new DamagedFileException("is no JSON: it goes on behind its end" + tokens.where());
            }
        }
    }

    private void value(int first, DocumentPlace place, int index, int depth) throws IOException, DamagedFileException {
        if (++nodes > MOST_NODES) {
            throw new DamagedFileException("has more than " + MOST_NODES + " values beside its windows");
        }
        switch (first) {
            case '{' -> object(place, index, depth + 1);
            case '[' -> array(place, index, depth + 1);
            case '"' -> {
                int from = length;
                string();
                if (place == DocumentPlace.KIND && length - from < LONGEST_KIND) {
                    kind = Optional.of(textFrom(from));
                }
            }
            default -> word(first);
        }
    }

    private void object(DocumentPlace place, int index, int depth) throws IOException, DamagedFileException {
        requireShallow(depth);
        put('{');
        int next = tokens.next();
        if (next == '}') {
            put('}');
            return;
        }
        while (true) {
            if (next != '"') {
                throw tokens.unexpected(next, "a name in quotes");
            }
            int from = length;
            string();
            DocumentPlace member =
                    place == DocumentPlace.ELSEWHERE ? DocumentPlace.ELSEWHERE : place.member(textFrom(from));
            tokens.expect(':');
            put(':');
            value(tokens.next(), member, index, depth);
            if (!tokens.another('}')) {
                put('}');
                return;
            }
            put(',');
            next = tokens.next();
        }
    }

    private void array(DocumentPlace place, int index, int depth) throws IOException, DamagedFileException {
        requireShallow(depth);
        put('[');
        if (handedOver(place, index)) {
            put(']');
            return;
        }
        int next = tokens.next();
        if (next == ']') {
            put(']');
            return;
        }
        DocumentPlace element = place.element();
        for (int i = 0; ; i++) {
            value(next, element, element == DocumentPlace.ELSEWHERE ? index : i, depth);
            if (!tokens.another(']')) {
                put(']');
                return;
            }
            put(',');
            next = tokens.next();
        }
    }

    private boolean handedOver(DocumentPlace place, int index) throws IOException, DamagedFileException {
        return switch (place) {
            case TENANT_WINDOWS -> {
                parts.tenantWindows(index, tokens);
                yield true;
            }
            case ALONE_WINDOWS -> {
                parts.baselineWindows(index, tokens);
                yield true;
            }
            case TABLES -> {
                parts.tables(tokens);
                yield true;
            }
            case ROOT, KIND, TENANTS, TENANT, BASELINES, BASELINE, ALONE, ELSEWHERE -> false;
        };
    }

    private void string() throws IOException, DamagedFileException {
        put('"');
        while (true) {
            int next = source.next();
            if (next == ByteSource.END) {
                throw tokens.cutOff();
            }
            put(next);
            if (next == '"') {
                return;
            }
            if (next == '\\') {
                int escaped = source.next();
                if (escaped == ByteSource.END) {
                    throw tokens.cutOff();
                }
                put(escaped);
            }
        }
    }

    /** A number, true, false or null. */
    private void word(int first) throws IOException, DamagedFileException {
        int from = length;
        int next = first;
        while (next > ' ' && next != ',' && next != ']' && next != '}') {
            put(next);
            if (length - from > LONGEST_WORD) {
                throw new DamagedFileException(
                        "has a number of more than " + LONGEST_WORD + " digits" + tokens.where());
            }
            next = source.next();
        }
        if (next == ByteSource.END) {
            throw tokens.cutOff();
        }
        if (length == from) {
            throw tokens.unexpected(next, "a value");
        }
        source.back();
    }

    private static void requireShallow(int depth) throws DamagedFileException {
        if (depth >= DEEPEST) {
            throw new DamagedFileException("nests deeper than " + DEEPEST + " levels");
        }
    }

    private void put(int next) throws DamagedFileException {
        if (length == head.length) {
            if (length >= LARGEST_HEAD) {
                throw new DamagedFileException("holds more than " + (LARGEST_HEAD >> 20) + " MiB beside its windows");
            }
            head = Arrays.copyOf(head, 2 * length);
        }
        head[length++] = (byte) next;
    }

    /** Without its quotes. */
    private String textFrom(int from) {
        return new String(head, from + 1, length - from - 2, StandardCharsets.UTF_8);
    }
}
