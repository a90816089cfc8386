package io.gpushare.process;

import java.time.Duration;

/**
 * How a program ended. An exit code of 0 is the program's opinion: NVIDIA's tools exit 0 on many failures.
 *
 * @param exitCode 128 + signal number where a signal ended it
 */
public record CommandResult(Command command, int exitCode, String stdout, String stderr, Duration duration) {

    public boolean succeeded() {
        return exitCode == 0;
    }

    /**
     * @param purpose what the command was for, as in "could not PURPOSE"
     * @throws CommandFailedException on a non-zero exit
     */
    public CommandResult requireSuccess(String purpose) {
        if (!succeeded()) {
            throw new CommandFailedException(this, purpose);
        }
        return this;
    }
}
