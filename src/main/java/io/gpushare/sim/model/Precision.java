package io.gpushare.sim.model;

import io.gpushare.failure.GpushareException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The numbers that a workload computes with, and what one costs beside a half-precision one. */
public enum Precision {
    FP32(2),
    TF32(2),
    FP16(1),
    BF16(1);

    private final double cost;

    Precision(double cost) {
        this.cost = cost;
    }

    double cost() {
        return cost;
    }

    static Precision of(@Nullable String name, Precision usual) {
        if (name == null) {
            return usual;
        }
        for (Precision precision : values()) {
            if (precision.name().equalsIgnoreCase(name.strip())) {
                return precision;
            }
        }
        throw GpushareException.usage(
                "The simulation does not know the precision " + name + ".",
                "It knows "
                        + Arrays.stream(values())
                                .map(precision -> precision.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))
                        + ".");
    }
}
