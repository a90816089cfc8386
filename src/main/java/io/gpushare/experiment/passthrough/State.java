package io.gpushare.experiment.passthrough;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What is measured at one time.
 *
 * @param number from 1 over all rounds, in the order in which they come
 * @param name of its folder within the round
 * @param reference whether all GPUs rest to tell how the machine itself changes; it is no part of the experiment
 */
public record State(int number, int round, String name, Combination combination, boolean reference) {
    private static final String BEFORE = "reference-before";
    private static final String AFTER = "reference-after";

    /**
     * Of one round: an idle reference, every combination once in an order that is drawn anew each round, and the
     * reference again.
     */
    static List<State> ofRound(int round, List<Combination> combinations, long seed) {
        List<Combination> order = new ArrayList<>(combinations);
        Collections.shuffle(order, new Random(31 * seed + round));
        Combination idle = Combination.idle(order.getFirst().loads().size());
        int before = (round - 1) * (order.size() + 2);
        List<State> states = new ArrayList<>();
        states.add(new State(before + 1, round, BEFORE, idle, true));
        for (int place = 0; place < order.size(); place++) {
            Combination combination = order.get(place);
            states.add(new State(before + 2 + place, round, combination.name(), combination, false));
        }
        states.add(new State(before + 2 + order.size(), round, AFTER, idle, true));
        return states;
    }

    static List<State> ofRounds(int rounds, List<Combination> combinations, long seed) {
        return Stream.iterate(1, round -> round <= rounds, round -> round + 1)
                .flatMap(round -> ofRound(round, combinations, seed).stream())
                .toList();
    }

    /** Below the experiment's folder. */
    public String folder() {
        return "round-" + round + "/" + name;
    }
}
