package io.gpushare.run.stage;

import java.time.Duration;

/**
 * How long a stage waits for its tenants.
 *
 * @param lead from telling the start instant to the instant itself: all must have heard of it by then
 * @param quiet from the instant until gpushare itself takes the processor again: tenants wake in it
 * @param result from stop to the end of a tenant that was working
 * @param cancel the same, when nothing of it is wanted any more
 * @param death from SIGTERM to SIGKILL, and from there to giving up
 */
public record StageTimeouts(Duration lead, Duration quiet, Duration result, Duration cancel, Duration death) {
    public static final StageTimeouts DEFAULT = new StageTimeouts(
            Duration.ofMillis(100),
            Duration.ofMillis(20),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofSeconds(3));
}
