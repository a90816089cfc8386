package io.gpushare.process;

import io.gpushare.failure.ExitStatus;

/** The program did not end in time; it and its descendants were killed. */
public final class CommandTimeoutException extends CommandException {
    private static final long serialVersionUID = 1;

    public CommandTimeoutException(Command command, String stdout, String stderr) {
        super(
                ExitStatus.FAILED,
                "`%s` did not end within %s s and was killed%s"
                        .formatted(command, seconds(command), said(stdout + stderr)),
                null,
                null);
    }

    private static String seconds(Command command) {
        double seconds = command.timeout().toMillis() / 1000.0;
        return seconds == Math.rint(seconds) ? Long.toString((long) seconds) : Double.toString(seconds);
    }

    private static String said(String output) {
        return output.isBlank() ? "" : "; it had printed: " + lastWords(output);
    }
}
