package io.gpushare.experiment.passthrough;

import io.gpushare.analysis.CalibratedSensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How well loads are told from sensors, in states from which nothing was learned: the combinations are dealt out into
 * five parts, and each part is told by what was learned from the other four. All rounds of a combination are in one
 * part.
 *
 * <p>How often chance alone tells as well: the same again, many times, with the combinations' loads mixed up.
 */
final class HeldBack {
    private static final int PARTS = 5;

    /** Each GPU has to stand out by more where there are more: of many trials one in so many must be told apart. */
    private static final int MIXED_UP = 999;

    private static final int GPUS_OF_THESE = 9;
    private static final int MIXED_UP_FOR_MORE = 1999;

    private final int gpus;
    private final List<double[]> readings;
    private final List<Integer> combinationOf;
    private final List<Combination> combinations;
    private final int[] partOf;
    private final CalibratedSensors.Causes causes;

    private HeldBack(List<StateReading> states, List<String> sensors, int gpus, long seed) {
        this.gpus = gpus;
        this.causes = new CalibratedSensors.Causes(gpus, Load.MEAN, Load.VARIANCE);
        this.readings = states.stream().map(state -> values(state, sensors)).toList();
        Map<Combination, Integer> numbers = new HashMap<>();
        this.combinations = new ArrayList<>();
        this.combinationOf = new ArrayList<>();
        for (StateReading state : states) {
            Combination combination = state.state().combination();
            combinationOf.add(numbers.computeIfAbsent(combination, one -> {
                combinations.add(one);
                return combinations.size() - 1;
            }));
        }
        this.partOf = parts(combinations.size(), seed);
    }

    /** Whether there are enough of them to learn anything. */
    static boolean enough(List<StateReading> states, int gpus) {
        long combinations = states.stream()
                .map(state -> state.state().combination())
                .distinct()
                .count();
        double learnt = states.size() * (PARTS - 1.0) / PARTS;
        return combinations >= PARTS && learnt >= CalibratedSensors.leastObservations(gpus) + 1;
    }

    /** How often the combinations' loads are mixed up. */
    static int trials(int gpus) {
        return gpus <= GPUS_OF_THESE ? MIXED_UP : MIXED_UP_FOR_MORE;
    }

    /** What is told of each GPU. */
    static List<Telling> of(List<StateReading> states, List<String> sensors, int gpus, long seed) {
        return new HeldBack(states, sensors, gpus, seed).tellings(seed);
    }

    static double[] values(StateReading state, List<String> sensors) {
        Map<String, Double> known = new HashMap<>();
        state.sensors().forEach(level -> level.mean().asOptional().ifPresent(mean -> known.put(level.sensor(), mean)));
        return sensors.stream()
                .mapToDouble(sensor -> known.getOrDefault(sensor, Double.NaN))
                .toArray();
    }

    /** Of each combination. */
    private static int[] parts(int combinations, long seed) {
        List<Integer> order = mixed(combinations, new Random(seed));
        int[] parts = new int[combinations];
        for (int place = 0; place < order.size(); place++) {
            parts[order.get(place)] = place % PARTS;
        }
        return parts;
    }

    private static List<Integer> mixed(int count, Random random) {
        List<Integer> order = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            order.add(number);
        }
        Collections.shuffle(order, random);
        return order;
    }

    private List<Telling> tellings(long seed) {
        List<double[]> truth = combinations.stream().map(Combination::shares).toList();
        List<double[]> told = told(truth);
        double[] errors = squaredErrors(told, truth);
        int[] asGood = new int[gpus];
        Random random = new Random(seed);
        int trials = trials(gpus);
        for (int time = 0; time < trials; time++) {
            List<double[]> mixedUp =
                    mixed(combinations.size(), random).stream().map(truth::get).toList();
            double[] byChance = squaredErrors(told(mixedUp), mixedUp);
            for (int gpu = 0; gpu < gpus; gpu++) {
                asGood[gpu] += byChance[gpu] <= errors[gpu] ? 1 : 0;
            }
        }
        List<Telling> tellings = new ArrayList<>();
        for (int gpu = 0; gpu < gpus; gpu++) {
            tellings.add(telling(gpu, told, Math.sqrt(errors[gpu]), (1.0 + asGood[gpu]) / (1 + trials)));
        }
        return tellings;
    }

    private Telling telling(int gpu, List<double[]> told, double error, double chance) {
        Map<Load, Map<Load, Integer>> counts = new EnumMap<>(Load.class);
        for (int row = 0; row < told.size(); row++) {
            Load was = combinations.get(combinationOf.get(row)).loads().get(gpu);
            counts.computeIfAbsent(was, _ -> new EnumMap<>(Load.class))
                    .merge(Load.nearest(told.get(row)[gpu]), 1, Integer::sum);
        }
        return new Telling(counts, error, chance);
    }

    /**
     * The loads of each state, by what was learned from the other parts.
     *
     * @param loads of each combination, true or not
     */
    private List<double[]> told(List<double[]> loads) {
        List<double[]> told = new ArrayList<>(Collections.nCopies(readings.size(), new double[0]));
        for (int part = 0; part < PARTS; part++) {
            List<double[]> causesLearnt = new ArrayList<>();
            List<double[]> readingsLearnt = new ArrayList<>();
            for (int row = 0; row < readings.size(); row++) {
                if (partOf[combinationOf.get(row)] != part) {
                    causesLearnt.add(loads.get(combinationOf.get(row)));
                    readingsLearnt.add(readings.get(row));
                }
            }
            CalibratedSensors learnt = CalibratedSensors.fit(causes, causesLearnt, readingsLearnt);
            for (int row = 0; row < readings.size(); row++) {
                if (partOf[combinationOf.get(row)] == part) {
                    told.set(row, learnt.causes(readings.get(row)));
                }
            }
        }
        return told;
    }

    /** Their mean, for each GPU. */
    private double[] squaredErrors(List<double[]> told, List<double[]> loads) {
        double[] errors = new double[gpus];
        for (int row = 0; row < told.size(); row++) {
            double[] truth = loads.get(combinationOf.get(row));
            for (int gpu = 0; gpu < gpus; gpu++) {
                errors[gpu] += Math.pow(told.get(row)[gpu] - truth[gpu], 2) / told.size();
            }
        }
        return errors;
    }
}
