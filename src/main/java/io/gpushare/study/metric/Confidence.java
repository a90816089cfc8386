package io.gpushare.study.metric;

/** How far a comparison may be trusted. */
public enum Confidence {
    SHOWN(
            "shown",
            "the interval of the difference does not hold zero, with six runs or more on each side, or four that differ"
                    + " significantly by rank; or one of five cards or more that is not of a kind with the others, by"
                    + " Rosner's test at 5 %"),
    INDICATED(
            "indicated",
            "every run of the one is beyond every run of the other, and their means are more than a tenth apart; too"
                    + " few runs for more"),
    OPEN("open", "the runs do not tell"),
    FACT("fact", "no comparison: what was seen");

    private final String word;
    private final String meaning;

    Confidence(String word, String meaning) {
        this.word = word;
        this.meaning = meaning;
    }

    public String word() {
        return word;
    }

    /** For a legend. */
    public String meaning() {
        return meaning;
    }
}
