package io.gpushare.mode;

import java.util.Locale;

/** Whose kernels come first among the clients of an MPS server. */
public enum MpsPriority {
    NORMAL(0),
    LOW(1);

    private final int number;

    MpsPriority(int number) {
        this.number = number;
    }

    /** By which NVIDIA's tools know it. */
    public int number() {
        return number;
    }

    /** As on the command line and in files. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
