package io.gpushare.runtime.docker.engine;

/** What became of a request to an engine. Whoever asked turns it into words for the user. */
public final class EngineCallException extends Exception {
    private static final long serialVersionUID = 1;

    public enum Kind {
        NOT_FOUND,
        /** The engine answered that it will not, or could not. */
        REFUSED,
        NO_ANSWER,
        /** Its socket is closed, or closed while it was asked. */
        GONE
    }

    private final Kind kind;

    /** @param message as a part of a sentence */
    EngineCallException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    public String words() {
        return String.valueOf(getMessage());
    }
}
