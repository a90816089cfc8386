package io.gpushare.process;

import io.gpushare.failure.ExitStatus;
import java.io.IOException;

/**
 * The program is there, but the system refuses to start it: built for another machine, arguments too long, and so on.
 */
public final class ProgramUnusableException extends CommandException {
    private static final long serialVersionUID = 1;

    ProgramUnusableException(Command command, IOException cause) {
        super(ExitStatus.UNABLE, "`%s` cannot be started: %s".formatted(command, reason(cause)), null, cause);
    }

    /** The operating system's words come in the innermost cause, as in "error=8, Exec format error". */
    private static String reason(IOException failure) {
        Throwable cause = failure.getCause();
        return String.valueOf(cause == null ? failure.getMessage() : cause.getMessage());
    }
}
