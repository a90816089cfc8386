package io.gpushare.mode;

import java.util.List;

/** How a GPU is to be divided. */
public sealed interface MigLayout {

    /** As many alike as there are tenants, as large as possible. */
    record Balanced() implements MigLayout {}

    /** @param slices not empty; tenants get their devices in this order */
    record Slices(List<MigSlice> slices) implements MigLayout {
        public Slices {
            if (slices.isEmpty()) {
                throw new IllegalArgumentException("a layout needs a profile, as 1g.18gb, or the word balanced");
            }
            slices = List.copyOf(slices);
        }
    }

    /** MIG, and no instance: others create some, or nobody is to use the GPU. */
    record None() implements MigLayout {}

    /** One of this size for each tenant. */
    record Each(MigSlice slice) implements MigLayout {}
}
