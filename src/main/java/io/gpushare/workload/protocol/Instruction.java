package io.gpushare.workload.protocol;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** What gpushare says to a tenant. */
public sealed interface Instruction {

    /**
     * Begin to work at this instant of the system's clock, and report each second for this long; then go on until told
     * to stop.
     */
    record Start(long atUnixNanos, Duration measure) implements Instruction {}

    /** Finish: say the result and exit. Comes also as the end of stdin. */
    record Stop() implements Instruction {}

    /** With its line feed. */
    default byte[] line() {
        String json = switch (this) {
            case Start(long atUnixNanos, Duration measure) ->
                String.format(
                        Locale.ROOT,
                        "{\"gpushare\":1,\"type\":\"start\",\"at_unix_ns\":%d,\"measure_s\":%s}\n",
                        atUnixNanos,
                        measure.toNanos() / 1e9);
            case Stop() -> "{\"gpushare\":1,\"type\":\"stop\"}\n";
        };
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
