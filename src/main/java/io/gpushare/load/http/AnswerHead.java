package io.gpushare.load.http;

import io.gpushare.load.account.Ending;
import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * The first lines of an answer, as far as they matter.
 *
 * @param length of the body, where it was said
 * @param chunked whether the body comes in chunks that say their own length
 * @param keepAlive whether the connection takes another request
 */
record AnswerHead(int status, OptionalLong length, boolean chunked, boolean keepAlive) {
    private static final int MOST_BYTES = 64 << 10;
    private static final int LEAST_INFORMATIONAL = 100;
    private static final int LEAST_FINAL = 200;

    /** Reads the final one; those that only inform (1xx) come before it. */
    static AnswerHead read(Connection connection) throws IOException {
        Lines lines = new Lines(connection);
        AnswerHead head = one(lines);
        while (head.status >= LEAST_INFORMATIONAL && head.status < LEAST_FINAL) {
            head = one(lines);
        }
        return head;
    }

    private static AnswerHead one(Lines lines) throws IOException {
        String status = lines.next();
        if (!status.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?")) {
            throw new ExchangeFailure(Ending.NOT_HTTP);
        }
        boolean keepAlive = status.startsWith("HTTP/1.1");
        OptionalLong length = OptionalLong.empty();
        boolean chunked = false;
        for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new ExchangeFailure(Ending.NOT_HTTP);
            }
            String value = line.substring(colon + 1).strip();
            switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "content-length" -> length = OptionalLong.of(number(value, 10));
                case "transfer-encoding" ->
                    chunked = value.toLowerCase(Locale.ROOT).endsWith("chunked");
                case "connection" -> keepAlive = keepAlive(value.toLowerCase(Locale.ROOT), keepAlive);
                default -> {
                    // Nothing that decides how the answer is read.
                }
            }
        }
        return new AnswerHead(Integer.parseInt(status.substring(9, 12)), length, chunked, keepAlive);
    }

    private static boolean keepAlive(String said, boolean usual) {
        return !said.contains("close") && (usual || said.contains("keep-alive"));
    }

    static long number(String text, int radix) throws ExchangeFailure {
        try {
            long number = Long.parseLong(text, radix);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Told below.
        }
        throw new ExchangeFailure(Ending.NOT_HTTP);
    }

    /** Lines that end with a line feed, perhaps behind a carriage return, and are not too many. */
    static final class Lines {
        private final Connection connection;
        private final StringBuilder line = new StringBuilder();
        private int bytes;

        Lines(Connection connection) {
            this.connection = connection;
        }

        String next() throws IOException {
            line.setLength(0);
            while (true) {
                int one = connection.read();
                if (one < 0) {
                    throw new EOFException();
                }
                if (++bytes > MOST_BYTES) {
                    throw new ExchangeFailure(Ending.NOT_HTTP);
                }
                if (one == '\n') {
                    break;
                }
                line.append((char) one);
            }
            int length = line.length();
            return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
        }
    }
}
