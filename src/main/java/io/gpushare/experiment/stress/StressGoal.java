package io.gpushare.experiment.stress;

/**
 * How far a search goes.
 *
 * @param most tenants that are tried
 * @param pastPlateau whether it goes on where the total no longer rises, until something breaks
 * @param bounded whether there are bounds on latency: the search goes on until one is missed
 */
public record StressGoal(int most, boolean pastPlateau, boolean bounded) {
    public StressGoal {
        if (most < 1) {
            throw new IllegalArgumentException("nobody is to be tried: " + most);
        }
    }
}
