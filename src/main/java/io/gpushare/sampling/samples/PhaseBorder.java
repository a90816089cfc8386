package io.gpushare.sampling.samples;

import java.util.List;

/** @param name the phase that begins here; the one before ends here */
public record PhaseBorder(String name, long elapsedNanos, List<EnergyMark> energy) {
    /** The first phase begins when sampling begins. */
    public static final String START = "start";

    /** The last border: nothing is measured behind it. */
    public static final String END = "end";

    public PhaseBorder {
        energy = List.copyOf(energy);
    }
}
