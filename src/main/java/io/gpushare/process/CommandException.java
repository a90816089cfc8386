package io.gpushare.process;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import org.jspecify.annotations.Nullable;

/** A program did not do its job. The subclasses say how. */
public abstract sealed class CommandException extends GpushareException
        permits ProgramMissingException, ProgramUnusableException, CommandTimeoutException, CommandFailedException {
    private static final long serialVersionUID = 1;

    CommandException(ExitStatus status, String message, @Nullable String advice, @Nullable Throwable cause) {
        super(status, message, advice, cause);
    }

    /** The last part of what a program said, short enough for a message. */
    static String lastWords(String output) {
        String text = output.strip();
        int limit = 600;
        return text.length() <= limit ? text : "… " + text.substring(text.length() - limit);
    }
}
