package io.gpushare.experiment.sweep;

/**
 * A cell that is not run.
 *
 * @param why a sentence without its full stop
 */
public record LeftOut(String cell, String why) {}
