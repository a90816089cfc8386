package io.gpushare.gpu;

import java.util.List;

/**
 * A size in which this GPU can be cut.
 *
 * @param id the number that {@code nvidia-smi mig -cgi} takes; it differs between cards
 * @param placements where it could go on an empty GPU
 */
public record MigProfile(
        int id, String name, int maxInstances, int smCount, long memoryBytes, List<MigPlacement> placements) {
    public MigProfile {
        placements = List.copyOf(placements);
    }
}
