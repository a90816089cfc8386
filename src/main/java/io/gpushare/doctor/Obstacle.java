package io.gpushare.doctor;

import java.util.Optional;

/** What stands in the way of a capability. */
record Obstacle(String why, Optional<String> mend) {
    static Obstacle of(String why, String mend) {
        return new Obstacle(why, Optional.of(mend));
    }

    static Obstacle of(String why) {
        return new Obstacle(why, Optional.empty());
    }
}
