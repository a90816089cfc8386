package io.gpushare.crash;

import java.time.Duration;
import java.util.Locale;

/** @param fraction of the time that the run takes unharmed, from the start of its process */
record Kill(int number, Scenario scenario, Blow blow, double fraction) {
    Duration instant(Duration unharmed) {
        return Duration.ofNanos((long) (unharmed.toNanos() * fraction));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s, %s at %.0f %%", scenario.name(), blow, 100 * fraction);
    }
}
