package io.gpushare.experiment.isolate;

import io.gpushare.text.Amount;
import io.gpushare.text.Figure;

/**
 * What a neighbour may cost before its victim counts as degraded.
 *
 * @param leastKept share of the victim's throughput
 * @param mostP99Times of the victim's p99
 */
public record Thresholds(double leastKept, double mostP99Times) {

    String words() {
        return "at least " + Figure.percent(leastKept) + " of its throughput, within its error, and a p99 of at most "
                + Amount.decimals(mostP99Times, 2) + " times what it was";
    }
}
