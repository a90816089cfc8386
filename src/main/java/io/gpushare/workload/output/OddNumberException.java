package io.gpushare.workload.output;

/** Where a rule says that a number stands, there is none that it can read. */
final class OddNumberException extends RuntimeException {
    private static final long serialVersionUID = 1;

    OddNumberException(String text) {
        super("'" + text + "' is no number as the rule reads it");
    }

    OddNumberException(String text, Throwable cause) {
        super("'" + text + "' is no number as the rule reads it", cause);
    }
}
