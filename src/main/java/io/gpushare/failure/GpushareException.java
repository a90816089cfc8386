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
        this(status, message, advice, null);
    }

    /** @param cause null where nothing else was thrown */
    public GpushareException(ExitStatus status, String message, @Nullable String advice, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.advice = advice;
    }

    /** This machine cannot do it. */
    public static GpushareException unable(String message, @Nullable String advice) {
        return unable(message, advice, null);
    }

    public static GpushareException unable(String message, @Nullable String advice, @Nullable Throwable cause) {
        return new GpushareException(ExitStatus.UNABLE, message, advice, cause);
    }

    /** It was tried, and did not work. */
    public static GpushareException failed(String message, @Nullable String advice) {
        return failed(message, advice, null);
    }

    public static GpushareException failed(String message, @Nullable String advice, @Nullable Throwable cause) {
        return new GpushareException(ExitStatus.FAILED, message, advice, cause);
    }

    /** It was asked for in a way that makes no sense. */
    public static GpushareException usage(String message, @Nullable String advice) {
        return usage(message, advice, null);
    }

    public static GpushareException usage(String message, @Nullable String advice, @Nullable Throwable cause) {
        return new GpushareException(ExitStatus.USAGE, message, advice, cause);
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
