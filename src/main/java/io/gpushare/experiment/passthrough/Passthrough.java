package io.gpushare.experiment.passthrough;

import io.gpushare.failure.ExitStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was found out: whether the machine's sensors tell which GPU works.
 *
 * @param where GPUs and runtime, in words
 * @param planned how many states there are to be, with the idle references
 * @param missing how many of these nobody has tried to measure yet
 * @param states that were measured, without the references
 * @param failed that could not be measured
 * @param sensors of the machine, by name
 * @param tellings of each GPU; empty where too little was measured
 */
public record Passthrough(
        PassthroughPlan plan,
        String where,
        int planned,
        int missing,
        List<StateReading> states,
        List<State> failed,
        List<SensorShare> sensors,
        List<Telling> tellings) {
    public Passthrough {
        states = List.copyOf(states);
        failed = List.copyOf(failed);
        sensors = List.copyOf(sensors);
        tellings = List.copyOf(tellings);
    }

    /** In a word. */
    public enum Answer {
        TELLS,
        TELLS_IN_PART,
        CANNOT_TELL
    }

    public static Passthrough of(PassthroughPlan plan, String where, PassthroughExecution.Outcome outcome) {
        int gpus = plan.gpus().size();
        List<StateReading> states = outcome.readings().stream()
                .filter(reading -> !reading.state().reference())
                .toList();
        List<StateReading> references = outcome.readings().stream()
                .filter(reading -> reading.state().reference())
                .toList();
        List<String> names = SensorShare.names(states);
        boolean enough = !names.isEmpty() && HeldBack.enough(states, gpus);
        return new Passthrough(
                plan,
                where,
                plan.states().size(),
                plan.states().size()
                        - outcome.readings().size()
                        - outcome.failed().size(),
                states,
                outcome.failed(),
                SensorShare.of(states, references, gpus),
                enough ? HeldBack.of(states, names, gpus, plan.full().seed()) : List.of());
    }

    public int gpus() {
        return plan.gpus().size();
    }

    /** The driver's number of a GPU, whose place among those of the experiment it is. */
    public int index(int place) {
        return states.isEmpty() ? place : states.getFirst().gpus().get(place).index();
    }

    public boolean simulated() {
        return plan.full().simulated();
    }

    public Telling.Verdict verdict(int gpu) {
        return tellings.isEmpty()
                ? Telling.Verdict.CANNOT_TELL
                : tellings.get(gpu).verdict(gpus());
    }

    public Answer answer() {
        List<Telling.Verdict> verdicts =
                tellings.stream().map(telling -> telling.verdict(gpus())).toList();
        if (verdicts.stream().allMatch(Telling.Verdict.CANNOT_TELL::equals)) {
            return Answer.CANNOT_TELL;
        }
        return verdicts.stream().allMatch(Telling.Verdict.TELLS::equals) ? Answer.TELLS : Answer.TELLS_IN_PART;
    }

    /** That which tells this GPU from the others best; empty where none depends on it. */
    public Optional<SensorShare> best(int gpu) {
        return sensors.stream()
                .filter(sensor -> sensor.strength(gpu) > 0)
                .max(Comparator.comparingDouble(sensor -> sensor.strength(gpu)));
    }

    public ExitStatus status() {
        if (states.isEmpty()) {
            return ExitStatus.FAILED;
        }
        return failed.isEmpty() ? ExitStatus.DONE : ExitStatus.PARTLY_FAILED;
    }
}
