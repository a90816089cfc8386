package io.gpushare.study.metric;

/**
 * How far repeats lie apart, over how far apart they would lie by the errors that they claimed: the deviation of the
 * repeats / the root mean square of the standard errors.
 */
public record Spread(double ratio) {
    private static final double LARGER = 2;
    private static final double SMALLER = 0.5;

    public enum Size {
        SMALLER("smaller"),
        AS_CLAIMED("as claimed"),
        LARGER("larger");

        private final String word;

        Size(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public Size size() {
        if (ratio > LARGER) {
            return Size.LARGER;
        }
        return ratio < SMALLER ? Size.SMALLER : Size.AS_CLAIMED;
    }
}
