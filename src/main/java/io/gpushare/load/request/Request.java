package io.gpushare.load.request;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * What is sent.
 *
 * @param kind which of the mix, from 0
 * @param path with what follows {@code ?}; empty for that of the URL
 * @param body empty for none
 */
public record Request(int kind, String method, Optional<String> path, Map<String, String> headers, Body body) {
    public Request {
        headers = Map.copyOf(headers);
    }

    /** Bytes that compare by what they hold. */
    public static final class Body {
        public static final Body NONE = new Body(new byte[0]);

        private final byte[] bytes;

        /** @param bytes taken as its own */
        public Body(byte[] bytes) {
            this.bytes = bytes;
        }

        /** Not to be changed. */
        public byte[] bytes() {
            return bytes;
        }

        public int length() {
            return bytes.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Body body && Arrays.equals(bytes, body.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }
}
