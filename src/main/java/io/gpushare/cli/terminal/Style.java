package io.gpushare.cli.terminal;

/** What a stretch of text means; the colour follows from that, so that one colour means one thing everywhere. */
public enum Style {
    HEADING("1"),
    SECONDARY("2"),
    GOOD("32"),
    ATTENTION("33"),
    BAD("31"),
    /** Something to type. */
    COMMAND("36");

    public static final String RESET = "\u001b[0m";

    private final String code;

    Style(String code) {
        this.code = code;
    }

    public String escape() {
        return "\u001b[" + code + "m";
    }
}
