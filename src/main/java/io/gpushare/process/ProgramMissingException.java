package io.gpushare.process;

import io.gpushare.failure.ExitStatus;

/** There is no such program on the PATH, or it may not be executed. */
public final class ProgramMissingException extends CommandException {
    private static final long serialVersionUID = 1;

    public ProgramMissingException(String program) {
        this(message(program), advice(program));
    }

    private ProgramMissingException(String message, String advice) {
        super(ExitStatus.UNABLE, message, advice, null);
    }

    /** Without it a program's descendants could not be found and ended with it, and Ctrl-C would reach it. */
    static ProgramMissingException setsid() {
        return new ProgramMissingException(
                "the program 'setsid', which gives a program a session of its own, is not on the PATH of this machine",
                "Install it: sudo apt-get install util-linux");
    }

    private static String message(String program) {
        return isPath(program)
                ? "there is no program at '" + program + "', or it may not be executed"
                : "the program '" + program + "' is not on the PATH of this machine";
    }

    private static String advice(String program) {
        return isPath(program)
                ? "Correct the path, or make the file executable."
                : "Install it, or add its folder to PATH. `gpushare doctor` lists what is missing here.";
    }

    private static boolean isPath(String program) {
        return program.contains("/");
    }
}
