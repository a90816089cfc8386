package io.gpushare.crash;

import java.util.Locale;

/** What ends a run before its time. */
enum Blow {
    KILL("KILL", 9, false, 1),
    TERM("TERM", 15, false, 1),
    INT("INT", 2, false, 1),
    /** As a terminal does: the programs that gpushare started in its own session get it too. */
    CTRL_C("INT", 2, true, 1),
    /** By somebody who is in a hurry. */
    CTRL_C_TWICE("INT", 2, true, 2),
    /** The terminal goes away. */
    HANG_UP("HUP", 1, true, 1);

    /** Of one that listened, and put back what it had changed. */
    private static final int INTERRUPTED = 130;

    private final String signal;
    private final int number;
    private final boolean group;
    private final int times;

    Blow(String signal, int number, boolean group, int times) {
        this.signal = signal;
        this.number = number;
        this.group = group;
        this.times = times;
    }

    /** As the program {@code kill} wants it. */
    String option() {
        return "-" + signal;
    }

    String target(long pid) {
        return (group ? "-" : "") + pid;
    }

    int times() {
        return times;
    }

    boolean deadly() {
        return this == KILL;
    }

    /** Before Java listens a signal ends it as any program. */
    boolean explains(int status) {
        return status == 128 + number || (status == INTERRUPTED && !deadly());
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
