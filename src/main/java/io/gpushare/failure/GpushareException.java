package io.gpushare.failure;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure that a user can act on: what failed, on which device, command or file, and what to do next. Anything else
 * that is thrown is a bug of ours and is shown with its stack trace.
 */
public class GpushareException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ExitStatus status;
    private final @Nullable String advice;

    /**
     * @param message one sentence: what failed
     * @param advice what to do next, or null when there is nothing sensible to say
     */
    public GpushareException(ExitStatus status, String message, @Nullable String advice) {
        super(message);
        this.status = status;
        this.advice = advice;
    }

    public GpushareException(ExitStatus status, String message, @Nullable String advice, Throwable cause) {
        super(message, cause);
        this.status = status;
        this.advice = advice;
    }

    public ExitStatus status() {
        return status;
    }

    public Optional<String> advice() {
        return Optional.ofNullable(advice);
    }

    /** The message as a person needs it. */
    public String sentence() {
        String message = getMessage();
        return message == null ? getClass().getSimpleName() : message;
    }
}
