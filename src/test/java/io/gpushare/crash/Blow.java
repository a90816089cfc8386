package io.gpushare.crash;

import java.util.Locale;

/** What ends a run before its time. */
enum Blow {
    KILL("KILL", false),
    TERM("TERM", false),
    INT("INT", false),
    /** As a terminal does for Ctrl-C: the programs that gpushare started in its own session get it too. */
    CTRL_C("INT", true);

    private final String signal;
    private final boolean group;

    Blow(String signal, boolean group) {
        this.signal = signal;
        this.group = group;
    }

    String signal() {
        return signal;
    }

    /** As the program {@code kill} wants it. */
    String target(long pid) {
        return (group ? "-" : "") + pid;
    }

    boolean deadly() {
        return this == KILL;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
