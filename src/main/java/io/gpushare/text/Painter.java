package io.gpushare.text;

/** Gives text the look of its tone. */
@FunctionalInterface
public interface Painter {
    Painter NONE = (tone, text) -> text;

    String paint(Tone tone, String text);
}
