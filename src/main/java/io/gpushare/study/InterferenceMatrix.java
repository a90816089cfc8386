package io.gpushare.study;

import io.gpushare.study.arm.ArmKey;
import java.util.List;
import java.util.Optional;

/**
 * What a neighbour does to a tenant, from the runs of pairs in one way of sharing.
 *
 * @param variants rows (victims) and columns (neighbours), in this order
 * @param cells row by row; empty where that pair was not run, or without a baseline that fits
 */
public record InterferenceMatrix(ArmKey arm, String name, List<String> variants, List<List<Optional<Cell>>> cells) {
    public InterferenceMatrix {
        variants = List.copyOf(variants);
        cells = cells.stream().map(List::copyOf).toList();
    }

    /** @param slowdown of the victim: mean over {@code n} runs */
    public record Cell(double slowdown, int n) {}
}
