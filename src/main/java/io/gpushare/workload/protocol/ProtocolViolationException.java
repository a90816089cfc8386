package io.gpushare.workload.protocol;

/** A line that begins as a message and is none. Has no stack trace: a tenant may cause thousands a second. */
final class ProtocolViolationException extends Exception {
    private static final long serialVersionUID = 1;

    ProtocolViolationException(String problem) {
        super(problem, null, false, false);
    }

    String problem() {
        return String.valueOf(getMessage());
    }
}
