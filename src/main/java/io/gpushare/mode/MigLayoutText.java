package io.gpushare.mode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Layouts as people write them: {@code balanced}; {@code 1g.18gb} for one each; {@code 3g.71gb,1g.18gb:4}; {@code
 * 3g.71gb/1c+2c} for a GPU instance with two compute instances; {@code none}.
 */
public final class MigLayoutText {
    public static final String BALANCED = "balanced";
    public static final String NONE = "none";

    private static final int MOST = 8;
    private static final int LONGEST = 60;

    /** Bounded everywhere: a pattern that repeats a group without a bound needs stack for each round. */
    private static final Pattern PART = Pattern.compile("(?<profile>\\d{1,2}g\\.\\d{1,4}gb(?:[+-][a-z.]{1,16}){0,4})"
            + "(?:/(?<compute>\\d{1,2}c(?:\\+\\d{1,2}c){0,15}))?"
            + "(?::(?<count>\\d{1,2}))?");

    private MigLayoutText() {}

    /** @throws IllegalArgumentException with a sentence for the person who wrote it */
    public static MigLayout parse(List<String> parts) {
        if (parts.equals(List.of(BALANCED))) {
            return new MigLayout.Balanced();
        }
        if (parts.equals(List.of(NONE))) {
            return new MigLayout.None();
        }
        List<MigSlice> slices = new ArrayList<>();
        boolean counted = false;
        for (String part : parts) {
            Matcher matcher = PART.matcher(part.strip().toLowerCase(Locale.ROOT));
            if (!matcher.matches()) {
                throw new IllegalArgumentException("'" + begin(part)
                        + "' is no MIG profile; they look like 1g.18gb, 1g.18gb:4 or 3g.71gb/1c+2c, or it is the word "
                        + BALANCED);
            }
            String count = matcher.group("count");
            counted |= count != null;
            slices.addAll(Collections.nCopies(count == null ? 1 : count(part, count), slice(matcher)));
        }
        return slices.size() == 1 && !counted ? new MigLayout.Each(slices.getFirst()) : new MigLayout.Slices(slices);
    }

    /** Enough to know it again. */
    private static String begin(String part) {
        return part.length() <= LONGEST ? part : part.substring(0, LONGEST) + "…";
    }

    private static int count(String part, String count) {
        int number = Integer.parseInt(count);
        if (number < 1 || number > MOST) {
            throw new IllegalArgumentException(
                    "'" + part + "' counts " + number + " instances: 1 to " + MOST + " can be");
        }
        return number;
    }

    private static MigSlice slice(Matcher matcher) {
        String compute = matcher.group("compute");
        List<Integer> sizes = compute == null
                ? List.of()
                : Arrays.stream(compute.split("\\+"))
                        .map(size -> Integer.valueOf(size.substring(0, size.length() - 1)))
                        .toList();
        return new MigSlice(matcher.group("profile"), sizes);
    }

    /** What {@link #parse} reads back; neighbours that are alike are counted. */
    public static List<String> write(MigLayout layout) {
        return switch (layout) {
            case MigLayout.Balanced() -> List.of(BALANCED);
            case MigLayout.None() -> List.of(NONE);
            case MigLayout.Each(MigSlice slice) -> List.of(slice.text());
            case MigLayout.Slices(List<MigSlice> slices) -> counted(slices);
        };
    }

    private static List<String> counted(List<MigSlice> slices) {
        List<String> parts = new ArrayList<>();
        for (int from = 0, to; from < slices.size(); from = to) {
            to = from + 1;
            while (to < slices.size() && slices.get(to).equals(slices.get(from))) {
                to++;
            }
            // A single one without a count would mean one for each tenant.
            boolean plain = to - from == 1 && slices.size() > 1;
            parts.add(slices.get(from).text() + (plain ? "" : ":" + (to - from)));
        }
        return parts;
    }
}
