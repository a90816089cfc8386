package io.gpushare.experiment.passthrough;

import java.util.Arrays;
import java.util.Locale;

/** How much a GPU has to do. */
public enum Load {
    IDLE(0),
    HALF(0.5),
    FULL(1);

    /** Of loads that are all as frequent. */
    static final double MEAN = 0.5;

    static final double VARIANCE = 1.0 / 6;

    private final double share;

    Load(double share) {
        this.share = share;
    }

    /** Of what it can do. */
    public double share() {
        return share;
    }

    public boolean works() {
        return this != IDLE;
    }

    static Load nearest(double share) {
        if (share < (IDLE.share + HALF.share) / 2) {
            return IDLE;
        }
        return share < (HALF.share + FULL.share) / 2 ? HALF : FULL;
    }

    static Load of(String text) {
        return Arrays.stream(values())
                .filter(load -> load.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no load"));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
