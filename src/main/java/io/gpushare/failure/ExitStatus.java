package io.gpushare.failure;

/** What a command tells the shell. Scripts depend on these numbers: they never change meaning. */
public enum ExitStatus {
    DONE(0),
    FAILED(1),
    USAGE(2),
    /** This machine cannot do it: no GPU, no Docker, no permission. */
    UNABLE(3),
    PARTLY_FAILED(4),
    THRESHOLD_BROKEN(5),
    INTERRUPTED(130);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
