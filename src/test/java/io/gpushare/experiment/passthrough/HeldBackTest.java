package io.gpushare.experiment.passthrough;

import static io.gpushare.experiment.passthrough.SomeStates.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class HeldBackTest {
    private static final int GPUS = 3;

    private final Random random = new Random(11);

    private static List<Telling> told(int rounds, Function<State, Map<String, Double>> sensors) {
        List<StateReading> states = SomeStates.of(GPUS, rounds, sensors);
        assertThat(HeldBack.enough(states, GPUS)).isTrue();
        return HeldBack.of(states, SensorShare.names(states), GPUS, 1);
    }

    private double noise(double deviation) {
        return deviation * random.nextGaussian();
    }

    private Map<String, Double> slots(State state, double noise) {
        Map<String, Double> sensors = new HashMap<>();
        for (int gpu = 0; gpu < GPUS; gpu++) {
            double beside = gpu > 0 ? share(state, gpu - 1) : 0;
            sensors.put("slot" + gpu, 30 + 15 * share(state, gpu) + 4 * beside + noise(noise));
        }
        return sensors;
    }

    @Test
    void tellsLoadsFromATemperatureASlot() {
        assertThat(told(1, state -> slots(state, 0.8))).allSatisfy(telling -> {
            assertThat(telling.verdict(GPUS)).isEqualTo(Telling.Verdict.TELLS);
            assertThat(telling.states()).isEqualTo(27);
            assertThat(telling.guessedShare()).isCloseTo(1 / 3.0, within(1e-9));
            assertThat(telling.error()).isBetween(0.03, 0.12);
            assertThat(telling.chance()).isEqualTo(0.001);
        });
    }

    /** Half of the distance between two loads is 3.75 degrees. */
    @Test
    void noiseAsLargeAsTheDifferenceMakesItOftenWrong() {
        assertThat(told(1, state -> slots(state, 4))).allSatisfy(telling -> {
            assertThat(telling.verdict(GPUS)).isEqualTo(Telling.Verdict.HINTS);
            assertThat(telling.rightShare()).isBetween(0.4, 0.9);
        });
    }

    @Test
    void cannotTellFromNoise() {
        int believed = 0;
        for (int host = 0; host < 10; host++) {
            List<Telling> telling = told(1, _ -> {
                Map<String, Double> sensors = new HashMap<>();
                for (int sensor = 0; sensor < 12; sensor++) {
                    sensors.put("sensor" + sensor, noise(1));
                }
                return sensors;
            });
            believed += telling.stream().anyMatch(one -> one.verdict(GPUS) != Telling.Verdict.CANNOT_TELL) ? 1 : 0;
        }
        assertThat(believed)
                .as("of 10 hosts, each believed in one of a hundred cases")
                .isLessThanOrEqualTo(1);
    }

    /** Twenty sensors know each combination by heart, and nothing of what it is made of. */
    @Test
    void whatOnlyRepeatsFromRoundToRoundIsNoKnowledge() {
        Map<String, Double> kept = new HashMap<>();
        List<Telling> tellings = told(3, state -> {
            Map<String, Double> sensors = new HashMap<>();
            for (int sensor = 0; sensor < 20; sensor++) {
                String key = state.name() + sensor;
                sensors.put("sensor" + sensor, kept.computeIfAbsent(key, _ -> noise(1)) + noise(0.01));
            }
            return sensors;
        });
        assertThat(tellings).extracting(telling -> telling.verdict(GPUS)).containsOnly(Telling.Verdict.CANNOT_TELL);
    }

    /** How many work, but not which. */
    @Test
    void aSumOfAllIsNotEnoughToTellThemApart() {
        List<Telling> tellings = told(
                1,
                state -> Map.of("power", 400 + 600 * (share(state, 0) + share(state, 1) + share(state, 2)) + noise(5)));

        assertThat(tellings).allSatisfy(telling -> {
            assertThat(telling.verdict(GPUS)).isNotEqualTo(Telling.Verdict.TELLS);
            assertThat(telling.rightShare()).isLessThan(0.8);
        });
    }

    @Test
    void oneGpuWithoutASensorIsTheOneThatIsNotTold() {
        List<Telling> tellings = told(1, state -> {
            Map<String, Double> sensors = slots(state, 0.8);
            sensors.put("slot1", 30 + noise(0.8));
            sensors.put("slot2", 30 + 15 * share(state, 2) + noise(0.8));
            return sensors;
        });
        assertThat(tellings)
                .extracting(telling -> telling.verdict(GPUS))
                .containsExactly(Telling.Verdict.TELLS, Telling.Verdict.CANNOT_TELL, Telling.Verdict.TELLS);
    }

    @Test
    void missingReadingsMakeItWorseAndNotWrong() {
        List<Telling> tellings = told(2, state -> {
            Map<String, Double> sensors = slots(state, 0.8);
            sensors.replaceAll((_, value) -> random.nextInt(5) == 0 ? Double.NaN : value);
            return sensors;
        });
        assertThat(tellings).allSatisfy(telling -> {
            assertThat(telling.verdict(GPUS)).isNotEqualTo(Telling.Verdict.CANNOT_TELL);
            assertThat(telling.states()).isEqualTo(54);
            assertThat(telling.rightShare()).isBetween(0.7, 0.97);
        });
    }

    @Test
    void fewStatesAreTooFew() {
        List<StateReading> states = SomeStates.of(GPUS, 1, state -> slots(state, 1));
        assertThat(HeldBack.enough(states.subList(0, 8), GPUS)).isFalse();
        assertThat(HeldBack.enough(states.subList(0, 9), GPUS)).isTrue();
        assertThat(HeldBack.enough(List.of(), GPUS)).isFalse();
    }
}
