package io.gpushare.results.reading.document;

import java.io.IOException;

/** Passes over JSON, and sees to its structure. */
public final class JsonSkipper {
    private final ByteSource source;
    private final JsonTokens tokens;

    JsonSkipper(ByteSource source) {
        this.source = source;
        this.tokens = new JsonTokens(source);
    }

    /** The elements of a list, from behind its opening bracket up to its closing one. */
    public void elements() throws IOException, DamagedFileException {
        elements(0);
    }

    public void value(int first) throws IOException, DamagedFileException {
        value(first, 0);
    }

    private void value(int first, int depth) throws IOException, DamagedFileException {
        switch (first) {
            case '{' -> members(depth + 1);
            case '[' -> elements(depth + 1);
            case '"' -> string();
            case 't' -> tokens.rest("rue");
            case 'f' -> tokens.rest("alse");
            case 'n' -> tokens.rest("ull");
            default -> tokens.skipNumber(first);
        }
    }

    private void elements(int depth) throws IOException, DamagedFileException {
        requireShallow(depth);
        int next = tokens.next();
        if (next == ']') {
            return;
        }
        value(next, depth);
        while (tokens.another(']')) {
            value(tokens.next(), depth);
        }
    }

    private void members(int depth) throws IOException, DamagedFileException {
        requireShallow(depth);
        int next = tokens.next();
        if (next == '}') {
            return;
        }
        while (true) {
            if (next != '"') {
                throw tokens.unexpected(next, "a name in quotes");
            }
            string();
            tokens.expect(':');
            value(tokens.next(), depth);
            if (!tokens.another('}')) {
                return;
            }
            next = tokens.next();
        }
    }

    void string() throws IOException, DamagedFileException {
        for (int next = source.next(); next != '"'; next = source.next()) {
            if (next == '\\') {
                next = source.next();
            }
            if (next == ByteSource.END) {
                throw tokens.cutOff();
            }
            if (next < ' ') {
                throw new DamagedFileException("is no JSON: a text holds a control character" + tokens.where());
            }
        }
    }

    private static void requireShallow(int depth) throws DamagedFileException {
        if (depth >= DocumentScanner.DEEPEST) {
            throw new DamagedFileException("nests deeper than " + DocumentScanner.DEEPEST + " levels");
        }
    }
}
