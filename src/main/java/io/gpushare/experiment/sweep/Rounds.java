package io.gpushare.experiment.sweep;

import io.gpushare.text.Numbers;
import java.util.OptionalInt;

/**
 * How often every cell is measured.
 *
 * @param fixed empty to go on until the comparisons are decided
 * @param atMost when it is given up then
 */
public record Rounds(OptionalInt fixed, int atMost) {
    /** So often a difference that is there shows, mostly. */
    public static final Rounds USUAL = new Rounds(OptionalInt.of(3), 10);

    /** A single run of each would look like a difference wherever there is noise. */
    static final int LEAST_OF_AUTO = 3;

    private static final String AUTO = "auto";
    private static final int MOST = 1000;

    /** @throws IllegalArgumentException with a sentence for whoever wrote it */
    public Rounds with(String text) {
        return new Rounds(
                text.equals(AUTO) ? OptionalInt.empty() : OptionalInt.of((int) Numbers.within(text, 1, MOST)), atMost);
    }

    /** @throws IllegalArgumentException with a sentence for whoever wrote it */
    public Rounds atMost(String text) {
        return new Rounds(fixed, (int) Numbers.within(text, LEAST_OF_AUTO, MOST));
    }

    /** There are no more than so many. */
    public int last() {
        return fixed.orElse(atMost);
    }

    boolean untilDecided() {
        return fixed.isEmpty();
    }

    String text() {
        return fixed.isPresent() ? Integer.toString(fixed.getAsInt()) : AUTO;
    }
}
