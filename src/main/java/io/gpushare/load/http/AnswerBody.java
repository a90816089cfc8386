package io.gpushare.load.http;

import io.gpushare.load.account.Ending;
import java.io.EOFException;
import java.io.IOException;

/** Reads the body of an answer to its end and keeps nothing of it. */
final class AnswerBody {
    private final Connection connection;
    private final BodySink sink;
    private final long mostBytes;
    private long bytes;

    AnswerBody(Connection connection, BodySink sink, long mostBytes) {
        this.connection = connection;
        this.sink = sink;
        this.mostBytes = mostBytes;
    }

    long bytes() {
        return bytes;
    }

    /** Whether the connection can be used again as far as the body goes. */
    boolean read(AnswerHead head) throws IOException {
        if (head.chunked()) {
            readChunks();
            return true;
        }
        if (head.length().isPresent()) {
            readExactly(head.length().getAsLong());
            return true;
        }
        long before;
        do {
            before = bytes;
            readSome(Long.MAX_VALUE);
        } while (bytes > before);
        return false;
    }

    private void readChunks() throws IOException {
        while (true) {
            // Behind a semicolon stand extensions that nobody uses.
            String size = line().split(";", 2)[0].strip();
            long length = AnswerHead.number(size, 16);
            if (length == 0) {
                break;
            }
            readExactly(length);
            if (!line().isEmpty()) {
                throw new ExchangeFailure(Ending.NOT_HTTP);
            }
        }
        AnswerHead.Lines trailers = new AnswerHead.Lines(connection);
        String trailer = trailers.next();
        while (!trailer.isEmpty()) {
            trailer = trailers.next();
        }
    }

    private String line() throws IOException {
        return new AnswerHead.Lines(connection).next();
    }

    private void readExactly(long length) throws IOException {
        if (length > mostBytes - bytes) {
            throw new ExchangeFailure(Ending.TOO_LARGE);
        }
        long left = length;
        while (left > 0) {
            long before = bytes;
            readSome(left);
            if (bytes == before) {
                throw new EOFException();
            }
            left -= bytes - before;
        }
    }

    private void readSome(long most) throws IOException {
        bytes += connection.readTo(sink, most);
        if (bytes > mostBytes) {
            throw new ExchangeFailure(Ending.TOO_LARGE);
        }
    }
}
