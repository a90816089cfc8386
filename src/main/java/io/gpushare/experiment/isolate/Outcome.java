package io.gpushare.experiment.isolate;

import java.util.Optional;
import java.util.OptionalDouble;

/** What is known of one misbehaviour in one mode. */
public sealed interface Outcome {

    /**
     * @param quiet what the victim does beside a quiet neighbour: before, or afterwards where somebody on the host
     *     slowed its core before
     * @param kept of the victim's throughput meanwhile, as a share
     * @param keptError half of the 95 % interval of that share; empty where too few windows tell it
     * @param p99Times how much longer its p99 was meanwhile; empty where too few steps tell it
     * @param victimDied in the words of its error; empty for one that lived
     * @param neighbourFailed likewise, or that it had to be ended
     * @param recovery empty for a victim that died and was not started anew
     * @param limit where the mode sets one, and the misbehaviour tries it
     */
    record Judged(
            Containment containment,
            Stretch quiet,
            Stretch during,
            double kept,
            OptionalDouble keptError,
            OptionalDouble p99Times,
            Optional<String> victimDied,
            Optional<String> neighbourFailed,
            Optional<Recovery> recovery,
            Optional<MemoryLimit> limit)
            implements Outcome {

        public Judged with(Recovery newRecovery) {
            return new Judged(
                    containment,
                    quiet,
                    during,
                    kept,
                    keptError,
                    p99Times,
                    victimDied,
                    neighbourFailed,
                    Optional.of(newRecovery),
                    limit);
        }
    }

    /**
     * @param reason in a sentence without a full stop
     * @param byChance whether the same may be judged another time
     */
    record Unjudged(String reason, boolean byChance) implements Outcome {}
}
