package io.gpushare.text;

/** What a stretch of text means; whoever shows it may give it a colour. */
public enum Tone {
    PLAIN,
    HEADING,
    SECONDARY,
    GOOD,
    ATTENTION,
    BAD,
    /** Something to type. */
    COMMAND
}
