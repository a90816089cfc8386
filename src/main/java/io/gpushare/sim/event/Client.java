package io.gpushare.sim.event;

import io.gpushare.sim.model.StepModel;
import java.util.SplittableRandom;

/**
 * One tenant in the simulation: a host that launches the trains of a step and waits for the last of them, and the
 * stream in which they run one after another.
 */
public final class Client {
    static final long NEVER = Long.MAX_VALUE;
    private static final double NORMAL_RANGE = 3;

    private final StepModel step;
    private final StepListener listener;
    private final SplittableRandom random;
    private final double jitter;
    private final CoreClock core;

    private final long startNanos;

    private long stepBegan;
    private long launchNanos;
    private long nextHostEvent;
    private int launched;
    private int finished;

    private boolean running;
    private long anchor;
    private double remaining;
    private double rate;
    private long finishAt = NEVER;
    private double workBefore;

    /**
     * @param jitter deviation of a step's host time, as a share of it
     * @param core on which its host's part runs; its time begins with the first step
     * @param startNanos when its first step begins
     */
    public Client(StepModel step, double jitter, CoreClock core, long seed, long startNanos, StepListener listener) {
        this.step = step;
        this.listener = listener;
        this.jitter = jitter;
        this.core = core;
        this.startNanos = startNanos;
        this.random = new SplittableRandom(seed);
        this.nextHostEvent = startNanos;
        this.launched = step.trains();
        this.finished = step.trains();
        this.stepBegan = NEVER;
    }

    public StepModel step() {
        return step;
    }

    boolean pending() {
        return launched > finished;
    }

    double rate() {
        return rate;
    }

    long nextEvent() {
        return Math.min(nextHostEvent, finishAt);
    }

    /** Its kernels' time so far, as it would be alone. */
    public double workNanos(long now) {
        return workBefore + (running ? step.trainNanos() - remainingAt(now) : 0);
    }

    /** The speed of the train that runs, in relation to a train alone. */
    void run(double newRate, long now) {
        if (!running) {
            running = true;
            anchor = now;
            remaining = step.trainNanos();
            rate = 0;
        }
        if (newRate == rate) {
            return;
        }
        remaining = remainingAt(now);
        anchor = now;
        rate = newRate;
        finishAt = finishInstant(now);
    }

    private long finishInstant(long now) {
        if (rate <= 0) {
            return NEVER;
        }
        double nanos = remaining / rate;
        long whole = (long) nanos;
        return now + Math.max(1, whole < nanos ? whole + 1 : whole);
    }

    /** Takes what is due at this instant; whether it now has work and had none, or the other way round. */
    boolean happen(long now) {
        boolean before = pending();
        if (finishAt <= now) {
            finishTrain(now);
        }
        while (nextHostEvent <= now) {
            hostEvent(nextHostEvent);
        }
        return before != pending();
    }

    private void finishTrain(long now) {
        finished++;
        workBefore += step.trainNanos();
        if (pending()) {
            // Nothing changed for anybody: the next one goes on at the same speed.
            anchor = now;
            remaining = step.trainNanos();
            finishAt = finishInstant(now);
            return;
        }
        running = false;
        rate = 0;
        finishAt = NEVER;
        if (finished == step.trains()) {
            endStep(now);
        }
    }

    private void hostEvent(long now) {
        if (stepBegan == NEVER) {
            beginStep(now);
        } else if (step.usesGpu()) {
            launched++;
            nextHostEvent = launched == step.trains() ? NEVER : now + launchNanos;
        } else {
            endStep(now);
        }
    }

    private void beginStep(long now) {
        stepBegan = now;
        launched = 0;
        finished = 0;
        double factor = 1 + jitter * Math.clamp(random.nextGaussian(), -NORMAL_RANGE, NORMAL_RANGE);
        double hostNanos = step.hostNanos() * factor / core.speedAt(now - startNanos);
        launchNanos = Math.max(1, Math.round(hostNanos / Math.max(1, step.trains())));
        nextHostEvent = now + launchNanos;
    }

    private void endStep(long now) {
        listener.stepDone(stepBegan, now);
        if (step.idleNanos() > 0) {
            stepBegan = NEVER;
            nextHostEvent = now + Math.max(1, Math.round(-Math.log(1 - random.nextDouble()) * step.idleNanos()));
        } else {
            beginStep(now);
        }
    }

    private double remainingAt(long now) {
        return Math.max(0, remaining - (now - anchor) * rate);
    }
}
