package io.gpushare.process;

import io.gpushare.failure.ExitStatus;

/** The program ended with a non-zero exit code. */
public final class CommandFailedException extends CommandException {
    private static final long serialVersionUID = 1;

    CommandFailedException(CommandResult result, String purpose) {
        super(
                ExitStatus.FAILED,
                "could not %s: `%s` exited with %d%s"
                        .formatted(purpose, result.command(), result.exitCode(), said(result)),
                null,
                null);
    }

    /** Some tools complain on stdout only. */
    private static String said(CommandResult result) {
        String complaint = result.stderr().isBlank() ? result.stdout() : result.stderr();
        return complaint.isBlank() ? " and said nothing" : " and said: " + lastWords(complaint);
    }
}
