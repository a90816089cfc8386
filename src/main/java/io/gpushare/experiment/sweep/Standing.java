package io.gpushare.experiment.sweep;

import io.gpushare.results.benchmark.Verdict;
import io.gpushare.results.benchmark.Verdict.Reason;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of one cell in one round.
 *
 * @param file the result to build on; empty where there is none
 * @param tries that gave a result which is whole, but not precise
 */
record Standing(State state, Optional<Path> file, int tries) {
    static final Standing NOTHING = new Standing(State.OPEN, Optional.empty(), 0);

    private static final int MOST_TRIES = 2;

    /** Why a run that went well may be too inexact: more of the same would do. */
    private static final Set<Reason> INEXACT = EnumSet.of(
            Reason.IMPRECISE, Reason.DRIFTING, Reason.HOST_SLOWED, Reason.START_SKEW, Reason.SAMPLER_MISSED_TICKS);

    enum State {
        /** Never ended by itself. */
        OPEN,
        VALID,
        INEXACT,
        FAILED
    }

    static State of(Verdict verdict) {
        if (verdict.valid()) {
            return State.VALID;
        }
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        verdict.findings().forEach(finding -> reasons.add(finding.reason()));
        if (reasons.contains(Reason.INTERRUPTED)) {
            return State.OPEN;
        }
        return INEXACT.containsAll(reasons) ? State.INEXACT : State.FAILED;
    }

    /** With one result more, in whatever order they are met. */
    Standing and(Verdict verdict, Path found) {
        return switch (of(verdict)) {
            case VALID -> new Standing(State.VALID, Optional.of(found), tries);
            case INEXACT -> state == State.VALID ? this : new Standing(State.INEXACT, Optional.of(found), tries + 1);
            case FAILED -> state == State.OPEN ? new Standing(State.FAILED, Optional.empty(), tries) : this;
            case OPEN -> this;
        };
    }

    /** Whether it needs no further run. */
    boolean settled() {
        return state == State.VALID || (state == State.INEXACT && tries >= MOST_TRIES);
    }

    /** Whether it was run once, and is to be run once more when the others have had their turn. */
    boolean waitsForAnother() {
        return state == State.INEXACT && !settled();
    }
}
