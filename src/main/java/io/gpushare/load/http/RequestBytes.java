package io.gpushare.load.http;

import io.gpushare.load.request.Request;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A request as it goes over the wire, in one piece: one call to the kernel sends it. */
final class RequestBytes {
    private RequestBytes() {}

    static byte[] of(Request request, Endpoint endpoint) {
        StringBuilder head = new StringBuilder(256)
                .append(request.method())
                .append(' ')
                .append(request.path().orElse(endpoint.path()))
                .append(" HTTP/1.1\r\n");
        Map<String, String> headers = request.headers();
        if (headers.keySet().stream().noneMatch("Host"::equalsIgnoreCase)) {
            head.append("Host: ").append(endpoint.authority()).append("\r\n");
        }
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        int length = request.body().length();
        if (length > 0 || request.method().equals("POST") || request.method().equals("PUT")) {
            head.append("Content-Length: ").append(length).append("\r\n");
        }
        byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] bytes = new byte[first.length + length];
        System.arraycopy(first, 0, bytes, 0, first.length);
        System.arraycopy(request.body().bytes(), 0, bytes, first.length, length);
        return bytes;
    }
}
