package io.gpushare.gpu;

/** Pending differs from current while a reset is needed to reach it. */
public record MigMode(boolean current, boolean pending) {}
