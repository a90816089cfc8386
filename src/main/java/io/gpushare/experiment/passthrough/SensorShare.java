package io.gpushare.experiment.passthrough;

import io.gpushare.analysis.CalibratedSensors;
import io.gpushare.results.InFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What a sensor of the machine has to do with each GPU, by all states together.
 *
 * @param changes with each GPU from idle to full load; empty where it depends on none of them
 * @param noise deviation of what the loads do not explain; 0 where it depends on none
 * @param states in which it had readings, and {@code gaps}: in which it lacked some
 * @param drift from the idle reference before a round to that behind it, in the mean
 */
public record SensorShare(
        String sensor,
        String unit,
        @InFile(name = "change_idle_to_full") List<Double> changes,
        double noise,
        int states,
        @InFile(name = "states_with_gaps") int gaps,
        @InFile(name = "drift_at_rest") OptionalDouble drift) {
    public SensorShare {
        changes = List.copyOf(changes);
    }

    static List<String> names(List<StateReading> readings) {
        return readings.stream()
                .flatMap(reading -> reading.sensors().stream())
                .map(StateReading.SensorLevel::sensor)
                .distinct()
                .sorted()
                .toList();
    }

    /** @param states those of the experiment; {@code references} the others */
    static List<SensorShare> of(List<StateReading> states, List<StateReading> references, int gpus) {
        List<StateReading> all = new ArrayList<>(states);
        all.addAll(references);
        List<String> names = names(all);
        CalibratedSensors fitted = CalibratedSensors.fit(
                new CalibratedSensors.Causes(gpus, Load.MEAN, Load.VARIANCE),
                states.stream()
                        .map(state -> state.state().combination().shares())
                        .toList(),
                states.stream().map(state -> HeldBack.values(state, names)).toList());
        return IntStream.range(0, names.size())
                .mapToObj(number -> of(
                        names.get(number),
                        states.isEmpty() ? Optional.empty() : fitted.sensor(number),
                        states,
                        references))
                .toList();
    }

    private static SensorShare of(
            String name,
            Optional<CalibratedSensors.Sensor> fitted,
            List<StateReading> states,
            List<StateReading> references) {
        List<StateReading.SensorLevel> levels = levels(name, states);
        return new SensorShare(
                name,
                levels(name, states.isEmpty() ? references : states).stream()
                        .map(StateReading.SensorLevel::unit)
                        .findFirst()
                        .orElse(""),
                fitted.map(CalibratedSensors.Sensor::shares).orElse(List.of()),
                fitted.map(sensor -> Math.sqrt(sensor.noiseVariance())).orElse(0.0),
                (int) levels.stream()
                        .filter(level -> level.mean().asOptional().isPresent())
                        .count(),
                (int) levels.stream().filter(StateReading.SensorLevel::hasGaps).count(),
                drift(name, references));
    }

    private static List<StateReading.SensorLevel> levels(String name, List<StateReading> readings) {
        return readings.stream()
                .flatMap(reading -> reading.sensors().stream())
                .filter(level -> level.sensor().equals(name))
                .toList();
    }

    private static OptionalDouble drift(String name, List<StateReading> references) {
        TreeMap<Integer, List<StateReading>> rounds = new TreeMap<>();
        references.forEach(reading -> rounds.computeIfAbsent(reading.state().round(), _ -> new ArrayList<>())
                .add(reading));
        return rounds.values().stream()
                .map(pair -> pair.stream()
                        .sorted(Comparator.comparingInt(
                                reading -> reading.state().number()))
                        .flatMap(reading -> levels(name, List.of(reading)).stream())
                        .flatMap(level -> level.mean().asOptional().stream())
                        .toList())
                .filter(pair -> pair.size() == 2)
                .mapToDouble(pair -> pair.getLast() - pair.getFirst())
                .average();
    }

    /** How far it stands out of the noise that this GPU works, and not another one. */
    public double strength(int gpu) {
        if (changes.isEmpty() || noise == 0) {
            return 0;
        }
        double others = changes.stream().mapToDouble(Double::doubleValue).sum() - changes.get(gpu);
        return Math.abs(changes.get(gpu) - others / (changes.size() - 1)) / noise;
    }
}
