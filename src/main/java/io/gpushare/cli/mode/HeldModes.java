package io.gpushare.cli.mode;

import io.gpushare.mode.ModeAdapter;

/**
 * The modes of one GPU, which nobody else may set up or measure meanwhile.
 *
 * @param release lets others have it
 */
public record HeldModes(ModeAdapter modes, Runnable release) {}
