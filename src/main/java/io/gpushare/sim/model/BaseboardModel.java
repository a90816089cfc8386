package io.gpushare.sim.model;

/**
 * What the sensors of a simulated machine show. A slot's temperature is the inlet's, and a part of what its own GPU and
 * those beside it are warmer.
 *
 * @param hostW what all but the GPUs take
 * @param efficiency of the power supplies, which share what the machine takes
 * @param slotShare and {@code besideShare}: of a GPU's warmth above the inlet
 * @param wanderC deviation of what stays the same for a run: of the inlet, and of each slot by itself
 * @param noiseC and the other noises: deviation from one answer to the next
 * @param fanRpmPerC for the warmest slot, above the inlet
 * @param answerS how long an answer takes
 * @param fault how often a flaky baseboard hangs, how often it is away, and how often a reading is left out
 */
public record BaseboardModel(
        double hostW,
        double efficiency,
        int supplies,
        double supplyNoiseW,
        double inletC,
        double slotShare,
        double besideShare,
        double wanderC,
        double noiseC,
        int fans,
        double fanRpm,
        double fanRpmPerC,
        double fanNoiseRpm,
        double answerS,
        double fault) {}
