package io.gpushare.gpu;

public record MigPlacement(int start, int size) {}
