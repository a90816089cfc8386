package io.gpushare.experiment.passthrough;

import io.gpushare.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measures the states that were not measured yet, one after another. */
public final class PassthroughExecution {
    private static final int TRIES = 2;

    private final PassthroughPlan plan;
    private final PassthroughFolder folder;
    private final StateRunner runner;
    private final Listener listener;
    private final Time clock;

    /** Told how it goes on. */
    public interface Listener {
        /** @param left how long the rest will take, if that can be told */
        void measured(StateReading reading, int position, int all, Optional<Duration> left);

        void failed(State state, String why, boolean again);
    }

    /**
     * What was measured.
     *
     * @param failed those that could not be measured
     */
    public record Outcome(List<StateReading> readings, List<State> failed, boolean interrupted) {
        public Outcome {
            readings = List.copyOf(readings);
            failed = List.copyOf(failed);
        }
    }

    /** @param clock that tells how long states take here */
    public PassthroughExecution(
            PassthroughPlan plan, PassthroughFolder folder, StateRunner runner, Listener listener, Time clock) {
        this.plan = plan;
        this.folder = folder;
        this.runner = runner;
        this.listener = listener;
        this.clock = clock;
    }

    /** How many states are there already. */
    public int done() {
        return (int) plan.states().stream()
                .filter(state -> folder.reading(state).isPresent())
                .count();
    }

    public Outcome run() throws InterruptedException {
        List<State> states = plan.states();
        List<StateReading> readings = new ArrayList<>();
        List<State> failed = new ArrayList<>();
        int missing = states.size() - done();
        int measured = 0;
        long begin = clock.nanos();
        for (State state : states) {
            Optional<StateReading> known = folder.reading(state);
            if (known.isPresent()) {
                readings.add(known.get());
                continue;
            }
            switch (tried(state)) {
                case StateRunner.Result.Measured(StateReading reading) -> {
                    readings.add(reading);
                    measured++;
                    Duration each = Duration.ofNanos(clock.nanos() - begin).dividedBy(measured);
                    Duration left = each.multipliedBy(missing - measured - failed.size());
                    listener.measured(reading, readings.size() + failed.size(), states.size(), Optional.of(left));
                }
                case StateRunner.Result.Failed _ -> failed.add(state);
                case StateRunner.Result.Interrupted _ -> {
                    return new Outcome(readings, failed, true);
                }
            }
        }
        return new Outcome(readings, failed, false);
    }

    private StateRunner.Result tried(State state) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            StateRunner.Result result = runner.run(state, folder.of(state));
            if (result instanceof StateRunner.Result.Measured(StateReading reading)) {
                folder.write(plan, reading);
            }
            if (!(result instanceof StateRunner.Result.Failed(String why))) {
                return result;
            }
            listener.failed(state, why, attempt < TRIES);
            if (attempt == TRIES) {
                return result;
            }
        }
    }
}
