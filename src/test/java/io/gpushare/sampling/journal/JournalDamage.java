package io.gpushare.sampling.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a disk, a crash or an editor makes of a journal. */
final class JournalDamage {
    private static final Pattern VALUE = Pattern.compile("-?[0-9.]+(?=[,\\]}])|\"[^\"]*\"(?=[,\\]}])|null");
    private static final List<String> OTHERS = List.of(
            "null",
            "true",
            "-1",
            "1e999",
            "1e400000000",
            "99999999999999999999",
            "0.5",
            "\"\"",
            "\"x\"",
            "[]",
            "{}",
            "[[]]");

    private JournalDamage() {}

    static byte[] of(String whole, Random random) {
        byte[] damaged = whole.getBytes(UTF_8);
        for (int times = 1 + random.nextInt(3); times > 0 && damaged.length > 2; times--) {
            damaged = once(damaged, random);
        }
        return damaged;
    }

    private static byte[] once(byte[] bytes, Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> flipped(bytes, random);
            case 1 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 2 -> cut(bytes, random);
            case 3 -> lines(bytes, random);
            default -> value(bytes, random);
        };
    }

    private static byte[] flipped(byte[] bytes, Random random) {
        byte[] flipped = bytes.clone();
        flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return flipped;
    }

    private static byte[] cut(byte[] bytes, Random random) {
        int from = random.nextInt(bytes.length);
        int until = Math.min(bytes.length, from + 1 + random.nextInt(20));
        byte[] left = Arrays.copyOf(bytes, bytes.length - (until - from));
        System.arraycopy(bytes, until, left, from, bytes.length - until);
        return left;
    }

    private static byte[] lines(byte[] bytes, Random random) {
        List<String> lines = new ArrayList<>(new String(bytes, UTF_8).lines().toList());
        String line = lines.get(random.nextInt(lines.size()));
        switch (random.nextInt(3)) {
            case 0 -> lines.remove(line);
            case 1 -> lines.add(random.nextInt(lines.size() + 1), line);
            default -> {
                lines.remove(line);
                lines.add(random.nextInt(lines.size() + 1), line);
            }
        }
        return (String.join("\n", lines) + "\n").getBytes(UTF_8);
    }

    private static byte[] value(byte[] bytes, Random random) {
        String text = new String(bytes, UTF_8);
        Matcher matcher = VALUE.matcher(text);
        int chosen = random.nextInt((int) Math.max(1, matcher.results().count()));
        matcher.reset();
        for (int i = 0; matcher.find(); i++) {
            if (i == chosen) {
                String other = OTHERS.get(random.nextInt(OTHERS.size()));
                return (text.substring(0, matcher.start()) + other + text.substring(matcher.end())).getBytes(UTF_8);
            }
        }
        return bytes;
    }
}
