package io.gpushare.report.contrast;

/** What a line means; whoever prints it chooses the colour. */
public enum Tone {
    PLAIN,
    HEADING,
    SECONDARY,
    GOOD,
    ATTENTION,
    BAD
}
