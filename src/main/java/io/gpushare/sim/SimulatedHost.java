package io.gpushare.sim;

import java.util.Arrays;

/** What is odd about a simulated host: a word behind its card's name. */
enum SimulatedHost {
    PLAIN(""),

    /** Others slow its cores down at times. */
    SHARED("@shared-host"),

    /** One of several cards is slower than the others: the seed says which. */
    SLOW_CARD("@slow-card"),

    /** Its sensors show what they show while the GPUs rest, whatever these do: noise alone. */
    BLIND_SENSORS("@blind-sensors"),

    /** Its baseboard hangs at times, is away at times, and leaves readings out. */
    FLAKY_SENSORS("@flaky-sensors");

    private final String ending;

    SimulatedHost(String ending) {
        this.ending = ending;
    }

    static SimulatedHost of(String profile) {
        return Arrays.stream(values())
                .filter(host -> host != PLAIN && profile.endsWith(host.ending))
                .findFirst()
                .orElse(PLAIN);
    }

    /** The card's name alone. */
    String card(String profile) {
        return profile.substring(0, profile.length() - ending.length());
    }
}
