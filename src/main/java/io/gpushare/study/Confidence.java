package io.gpushare.study;

/** How far a comparison may be trusted. */
public enum Confidence {
    /** Three or more runs on each side, and the interval of the difference does not hold zero. */
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
