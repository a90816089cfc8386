package io.gpushare.run.stage;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a tenant is doing now.
 *
 * @param workload with what sets this tenant apart from others of it
 * @param unitsPerSec in its last window
 * @param p99Ms in its last window
 */
public record TenantStatus(
        int number,
        String workload,
        String unit,
        State state,
        OptionalDouble unitsPerSec,
        OptionalDouble p99Ms,
        Optional<String> problem) {
    public enum State {
        LAUNCHING("launching"),
        LOADING("loading"),
        READY("ready"),
        WORKING("working"),
        STOPPING("stopping"),
        DONE("done"),
        FAILED("failed"),
        /** Never measured, for a reason that was not its own. */
        CANCELLED("cancelled");

        private final String words;

        State(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }
}
