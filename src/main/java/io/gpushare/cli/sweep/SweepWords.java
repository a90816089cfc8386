package io.gpushare.cli.sweep;

import io.gpushare.text.Amount;

/** Times and rounds of a sweep in words. */
final class SweepWords {
    private SweepWords() {}

    static String rounds(int rounds) {
        return Amount.of(rounds, "round");
    }
}
