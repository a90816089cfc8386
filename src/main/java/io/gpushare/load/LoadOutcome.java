package io.gpushare.load;

import io.gpushare.load.account.LoadSummary;
import java.time.Instant;

/**
 * What came of a measurement.
 *
 * @param began the measurement, behind its warm-up
 * @param mostUnderWay requests at once, of the warm-up too
 * @param connectionsOpened in all, of the warm-up too
 * @param repeated requests that went out once more, because a kept connection had been closed
 */
public record LoadOutcome(
        Instant began, LoadEnd end, LoadSummary summary, long mostUnderWay, long connectionsOpened, long repeated) {}
