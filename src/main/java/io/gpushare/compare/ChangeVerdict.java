package io.gpushare.compare;

/** What two sides' values of a metric tell. */
public enum ChangeVerdict {
    BETTER("better"),
    WORSE("worse"),
    /** The values differ, and neither more nor less of this metric is better. */
    DIFFERENT("different"),
    NOT_SHOWN("no difference shown"),
    TOO_FEW("too few runs to tell");

    private final String words;

    ChangeVerdict(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
