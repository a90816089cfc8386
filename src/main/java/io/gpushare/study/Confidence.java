package io.gpushare.study;

/** How far a comparison may be trusted. */
public enum Confidence {
    /**
     * The interval of the difference does not hold zero, and the runs are enough for that to mean something: six on each side, or
     * fewer that differ significantly by rank, which takes four.
     */
    SHOWN("shown"),
    /** Every run of the one is beyond every run of the other, by more than runs of a steady GPU differ; too few runs for an interval. */
    INDICATED("indicated"),
    /** The runs do not tell. */
    OPEN("open"),
    /** No comparison: a fact about the runs that there are. */
    FACT("fact");

    private final String word;

    Confidence(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
