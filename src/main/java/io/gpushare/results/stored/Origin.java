package io.gpushare.results.stored;

/** Where the numbers of a run come from. */
public enum Origin {
    /** Its result file. */
    RESULT,
    /** The journal of a run that never came to its end. */
    JOURNAL
}
