package io.gpushare.fake;

/** One test class at a time uses the container engine. */
public final class EngineTurn extends Turn {
    public EngineTurn() {
        super("engine");
    }
}
