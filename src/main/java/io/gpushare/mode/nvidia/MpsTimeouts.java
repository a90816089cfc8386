package io.gpushare.mode.nvidia;

import java.time.Duration;

/**
 * How long each is waited for.
 *
 * @param answer of a daemon to one question
 * @param start of a daemon, until it answers
 * @param grace that clients get when their daemon is told to end
 * @param quit beyond that grace
 * @param signal until a process that was told to end has ended
 * @param death of a killed process: one in a call of the driver dies when that returns
 */
record MpsTimeouts(Duration answer, Duration start, Duration grace, Duration quit, Duration signal, Duration death) {
    static final MpsTimeouts DEFAULT = new MpsTimeouts(
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10));
}
