package io.gpushare.mode;

import java.util.Locale;

/** How long a process keeps a time-sliced GPU before it is another's turn. */
public enum Quantum {
    DEFAULT(0),
    SHORT(1),
    MEDIUM(2),
    LONG(3);

    private final int number;

    Quantum(int number) {
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
