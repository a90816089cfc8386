package io.gpushare.load.account;

import java.util.Locale;

/** How a request ended. */
public enum Ending {
    DONE("answered"),
    STATUS_4XX("refused by the server with a status of 4xx"),
    STATUS_5XX("failed in the server with a status of 5xx"),
    TIMED_OUT("not answered in time"),
    NO_CONNECTION_FREE("no connection became free in time"),
    REFUSED("connection refused"),
    UNREACHABLE("no way to the host"),
    RESET("connection reset"),
    SHORT("the connection ended before the answer did"),
    TOO_LARGE("the answer was larger than --max-body"),
    NO_NAME("the name of the host was not found"),
    TLS("TLS could not be agreed on"),
    NOT_HTTP("the answer was not HTTP, or not what it said to be"),
    NO_TOKENS("the answer held no token"),
    LOCAL("this machine had no more files or ports"),
    /** Not an error of the server: the load ended before the answer came. */
    CUT_OFF("cut off at the end");

    private final String words;

    Ending(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** As files name it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the request failed. */
    public boolean isError() {
        return this != DONE && this != CUT_OFF;
    }

    public static Ending ofStatus(int status) {
        return switch (status / 100) {
            case 4 -> STATUS_4XX;
            case 5 -> STATUS_5XX;
            default -> DONE;
        };
    }
}
