package io.gpushare.mode;

import java.util.List;

/** How tenants share a GPU. */
public sealed interface SharingMode {

    /** One after another: what sharing is compared with. */
    record Exclusive() implements SharingMode {}

    /** Processes take turns, as the driver does unless told otherwise. */
    record TimeSlicing() implements SharingMode {}

    /** Kernels of several processes run side by side, through NVIDIA's Multi-Process Service. */
    record Mps() implements SharingMode {}

    /**
     * The GPU is divided.
     *
     * @param profiles one for each tenant, as {@code 1g.18gb}; empty to choose the largest that fits all alike
     */
    record Mig(List<String> profiles) implements SharingMode {
        public Mig {
            profiles = List.copyOf(profiles);
        }
    }

    /** As on the command line and in file names. Never changes. */
    default String kind() {
        return switch (this) {
            case Exclusive() -> "exclusive";
            case TimeSlicing() -> "time-slicing";
            case Mps() -> "mps";
            case Mig mig -> "mig";
        };
    }

    /** Whether tenants run at the same time. */
    default boolean concurrent() {
        return !(this instanceof Exclusive);
    }
}
