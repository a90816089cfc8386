package io.gpushare.cli;

/** What a stretch of text means; the colour follows from that, so that one colour means one thing everywhere. */
enum Style {
    HEADING("1"),
    SECONDARY("2"),
    GOOD("32"),
    ATTENTION("33"),
    BAD("31"),
    /** Something to type. */
    COMMAND("36");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    String escape() {
        return "\u001b[" + code + "m";
    }
}
