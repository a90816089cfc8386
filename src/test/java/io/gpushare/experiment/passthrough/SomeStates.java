package io.gpushare.experiment.passthrough;

import io.gpushare.experiment.passthrough.StateReading.GpuLevel;
import io.gpushare.experiment.passthrough.StateReading.SensorLevel;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** States of hosts whose sensors are made up. */
final class SomeStates {
    private SomeStates() {}

    /** @param sensors by name, of the loads in a state; not a number where there was no reading */
    static List<StateReading> of(int gpus, int rounds, Function<State, Map<String, Double>> sensors) {
        return State.ofRounds(rounds, Combination.of(gpus, Integer.MAX_VALUE, 1), 1).stream()
                .filter(state -> !state.reference())
                .map(state -> reading(state, sensors.apply(state)))
                .toList();
    }

    static StateReading reading(State state, Map<String, Double> sensors) {
        return new StateReading(
                state,
                40,
                new TreeMap<>(sensors)
                        .entrySet().stream()
                                .map(sensor -> level(sensor.getKey(), sensor.getValue()))
                                .toList(),
                state.combination().loads().stream()
                        .map(load -> new GpuLevel(0, Reading.of(125 + 575 * load.share()), Reading.of(0.0)))
                        .toList());
    }

    private static SensorLevel level(String name, double value) {
        boolean absent = Double.isNaN(value);
        Absence none = new Absence(Absence.Kind.NO_DATA, "na");
        return new SensorLevel(
                name,
                "°C",
                absent ? Reading.absent(none) : Reading.of(value),
                absent ? 0 : 12,
                absent ? 40 : 3.5,
                absent ? List.of(none.reason()) : List.of());
    }

    static double share(State state, int gpu) {
        return state.combination().loads().get(gpu).share();
    }
}
