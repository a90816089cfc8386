package io.gpushare.experiment.passthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.yaml.YamlText;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StateTest {
    private static final Ramp RAMP = new Ramp(Duration.ofSeconds(20), "a test");

    @ParameterizedTest
    @CsvSource({"2, 9", "3, 27", "4, 81"})
    void allCombinationsAreThreeToThePowerOfTheGpus(int gpus, int count) {
        List<Combination> all = Combination.of(gpus, 81, 1);

        assertThat(all).hasSize(count).doesNotHaveDuplicates();
        assertThat(all.getFirst()).isEqualTo(Combination.idle(gpus));
        for (int gpu = 0; gpu < gpus; gpu++) {
            for (Load load : Load.values()) {
                int place = gpu;
                assertThat(all)
                        .filteredOn(combination -> combination.loads().get(place) == load)
                        .hasSize(count / 3);
            }
        }
    }

    @Test
    void ofMoreAsManyAreDrawnAsAreWantedAndTheSameForTheSameSeed() {
        List<Combination> drawn = Combination.of(16, 81, 5);

        assertThat(drawn).hasSize(81).doesNotHaveDuplicates().contains(Combination.idle(16));
        assertThat(Combination.of(16, 81, 5)).isEqualTo(drawn);
        assertThat(Combination.of(16, 81, 6)).isNotEqualTo(drawn);
    }

    @Test
    void eachRoundHasAllCombinationsInAnOrderOfItsOwnBetweenTwoReferences() {
        List<Combination> all = Combination.of(2, 81, 1);
        List<State> states = State.ofRounds(2, all, 1);

        assertThat(states).hasSize(22).extracting(State::folder).doesNotHaveDuplicates();
        assertThat(states).extracting(State::number).isSorted().doesNotHaveDuplicates();
        List<State> first = states.subList(0, 11);
        List<State> second = states.subList(11, 22);
        for (List<State> round : List.of(first, second)) {
            assertThat(round.getFirst().folder()).endsWith("/reference-before");
            assertThat(round.getLast().folder()).endsWith("/reference-after");
            assertThat(new HashSet<>(combinations(round))).isEqualTo(new HashSet<>(all));
        }
        assertThat(combinations(first)).isNotEqualTo(combinations(second)).isNotEqualTo(all);
        assertThat(State.ofRounds(3, all, 1).subList(0, 22))
                .as("more rounds may be asked for later")
                .isEqualTo(states);
    }

    private static List<Combination> combinations(List<State> round) {
        return round.subList(1, 10).stream().map(State::combination).toList();
    }

    @Test
    void isWhatItsFileSays() throws Exception {
        State state = new State(3, 1, "idle-full", new Combination(List.of(Load.IDLE, Load.FULL)), false);
        StateReading reading = SomeStates.reading(state, Map.of("a", 21.5, "b", Double.NaN));
        String file = YamlText.of(StateJson.of(reading, RAMP, true));

        assertThat(StateJson.read(YamlText.read(file), state)).isEqualTo(reading);
        assertThat(file).contains("left_out_s: 20.0\n  rule: a test\n", "mean_absent: no data yet (na)\n");
    }

    @Test
    void aFileOfAnotherStateOrADamagedOneIsNotTaken() throws Exception {
        State state = new State(3, 1, "idle-full", new Combination(List.of(Load.IDLE, Load.FULL)), false);
        ObjectNode file = StateJson.of(SomeStates.reading(state, Map.of("a", 21.5)), RAMP, true);
        State other = new State(4, 1, "full-full", new Combination(List.of(Load.FULL, Load.FULL)), false);

        assertThatThrownBy(() -> StateJson.read(file, other)).hasMessage("it tells of another state");
        ObjectNode withoutMean = file.deepCopy();
        ((ObjectNode) withoutMean.at("/sensors/0")).remove("mean");
        assertThatThrownBy(() -> StateJson.read(withoutMean, state)).hasMessageContaining("mean has neither a value");
        ObjectNode oneGpu = file.deepCopy();
        oneGpu.withArray("gpus").remove(0);
        assertThatThrownBy(() -> StateJson.read(oneGpu, state)).hasMessage("it does not tell of each GPU");
    }

    @Test
    void theRampIsAThirdAndTenSecondsAtLeastOrWhatWasSaid() {
        assertThat(Ramp.of(Optional.empty(), Duration.ofSeconds(60)).length()).isEqualTo(Duration.ofSeconds(20));
        assertThat(Ramp.of(Optional.empty(), Duration.ofSeconds(24)).length()).isEqualTo(Duration.ofSeconds(10));
        Ramp said = Ramp.of(Optional.of(Duration.ofSeconds(5)), Duration.ofSeconds(24));
        assertThat(said.length()).isEqualTo(Duration.ofSeconds(5));
        assertThat(said.rule()).isEqualTo("the first 5s, as --ramp says");
        assertThatThrownBy(() -> Ramp.of(Optional.empty(), Duration.ofSeconds(20)))
                .isInstanceOfSatisfying(
                        GpushareException.class,
                        refused -> assertThat(refused.status()).isEqualTo(ExitStatus.USAGE))
                .hasMessageContaining("too short for a baseboard");
    }
}
