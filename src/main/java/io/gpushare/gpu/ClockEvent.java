package io.gpushare.gpu;

import java.util.EnumSet;
import java.util.Set;

/** Why the clocks are where they are. Some reasons make a measurement invalid: the GPU was held back. */
public enum ClockEvent {
    IDLE(0x1, "idle", false),
    APPLICATION_CLOCKS(0x2, "application clocks", false),
    SOFTWARE_POWER_CAP(0x4, "software power cap", true),
    HARDWARE_SLOWDOWN(0x8, "hardware slowdown", true),
    SYNC_BOOST(0x10, "sync boost", false),
    SOFTWARE_THERMAL(0x20, "software thermal slowdown", true),
    HARDWARE_THERMAL(0x40, "hardware thermal slowdown", true),
    POWER_BRAKE(0x80, "hardware power brake", true),
    DISPLAY_CLOCKS(0x100, "display clocks", false);

    private final long bit;
    private final String words;
    private final boolean throttling;

    ClockEvent(long bit, String words, boolean throttling) {
        this.bit = bit;
        this.words = words;
        this.throttling = throttling;
    }

    public long bit() {
        return bit;
    }

    public String words() {
        return words;
    }

    /** Whether the GPU runs slower than the work would let it. */
    public boolean throttling() {
        return throttling;
    }

    public static Set<ClockEvent> fromBits(long bits) {
        Set<ClockEvent> events = EnumSet.noneOf(ClockEvent.class);
        for (ClockEvent event : values()) {
            if ((bits & event.bit) != 0) {
                events.add(event);
            }
        }
        return events;
    }
}
