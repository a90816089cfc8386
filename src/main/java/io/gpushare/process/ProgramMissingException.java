package io.gpushare.process;

import io.gpushare.outcome.ExitStatus;

/** There is no such program on the PATH, or it may not be executed. */
public final class ProgramMissingException extends CommandException {
    private static final long serialVersionUID = 1;

    ProgramMissingException(String program) {
        super(
                ExitStatus.UNABLE,
                "the program '" + program + "' is not on the PATH of this machine",
                "Install it, or add its folder to PATH. `gpushare doctor` lists what is missing here.");
    }
}
