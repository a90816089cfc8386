package io.gpushare.results.reading;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damages bytes in the ways in which disks, editors, copying and malice do. Repeatable by its seed. */
public final class Mutation {
    private static final List<String> VALUES = List.of(
            "1e999",
            "-1e999",
            "NaN",
            "-1",
            "0",
            "null",
            "true",
            "\"text\"",
            "[]",
            "{}",
            "[[[[[]]]]]",
            "123456789012345678901234567890",
            "9223372036854775807",
            "1e-320",
            "0.1",
            "1e18",
            "\"\\ud800\"");

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\n",
            "\0",
            "\"kind\":\"benchmark\",",
            "\"windows\":[],",
            "{}\n",
            "-",
            "e",
            ".");

    private final SplittableRandom random;

    public Mutation(long seed) {
        random = new SplittableRandom(seed);
    }

    public byte[] of(byte[] good) {
        byte[] bytes = good.clone();
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times && bytes.length > 0; i++) {
            bytes = once(bytes);
        }
        return bytes;
    }

    private byte[] once(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        return switch (random.nextInt(10)) {
            case 0 -> flipped(bytes, at);
            case 1 -> Arrays.copyOf(bytes, at);
            case 2, 3 -> valueReplaced(bytes, at);
            case 4 -> joined(bytes, at, pick(PIECES).getBytes(StandardCharsets.UTF_8), at);
            case 5 -> joined(bytes, at, new byte[0], Math.min(bytes.length, at + 1 + random.nextInt(40)));
            case 6 -> joined(bytes, at, new byte[] {(byte) 0xC3, (byte) 0x28, (byte) 0xFF}, at);
            case 7 -> joined(bytes, at, "[".repeat(1 + random.nextInt(3000)).getBytes(StandardCharsets.UTF_8), at);
            case 8 -> memberTwice(bytes, at);
            default -> {
                byte[] changed = bytes.clone();
                changed[at] = (byte) ('0' + random.nextInt(10));
                yield changed;
            }
        };
    }

    private byte[] flipped(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        changed[at] ^= (byte) (1 << random.nextInt(8));
        return changed;
    }

    /** Behind the next colon. */
    private byte[] valueReplaced(byte[] bytes, int at) {
        int colon = next(bytes, at, ':');
        int end = colon + 1;
        while (end < bytes.length && bytes[end] != ',' && bytes[end] != '}') {
            end++;
        }
        return joined(
                bytes,
                Math.min(colon + 1, bytes.length),
                pick(VALUES).getBytes(StandardCharsets.UTF_8),
                Math.min(end, bytes.length));
    }

    private static byte[] memberTwice(byte[] bytes, int at) {
        int from = next(bytes, at, ',');
        int until = next(bytes, from + 1, ',');
        return joined(bytes, until, Arrays.copyOfRange(bytes, from, until), until);
    }

    private static int next(byte[] bytes, int from, char wanted) {
        int at = Math.min(from, bytes.length);
        while (at < bytes.length && bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    private static byte[] joined(byte[] bytes, int until, byte[] middle, int from) {
        byte[] joined = Arrays.copyOf(bytes, until + middle.length + bytes.length - from);
        System.arraycopy(middle, 0, joined, until, middle.length);
        System.arraycopy(bytes, from, joined, until + middle.length, bytes.length - from);
        return joined;
    }

    private String pick(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }
}
