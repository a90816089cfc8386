package io.gpushare.runtime.docker.engine;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands before the body of a request to an engine, and of its answer. */
final class HttpHead {
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})\\b");

    private HttpHead() {}

    /** @param line as {@code GET /_ping HTTP/1.0} */
    static byte[] request(String line, String... fields) {
        return (line + "\r\nHost: docker\r\n" + String.join("\r\n", fields) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    static int status(String answer) throws ProtocolException {
        Matcher status = STATUS_LINE.matcher(answer);
        if (!status.lookingAt()) {
            throw new ProtocolException("it does not speak HTTP");
        }
        return Integer.parseInt(status.group(1));
    }
}
