package io.gpushare.results.benchmark;

/** Two things that a result says cannot both be true: somebody changed it, or what wrote it had a fault. */
public final class ContradictionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    ContradictionException(String sentence) {
        super(sentence);
    }
}
