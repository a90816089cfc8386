package io.gpushare.experiment.isolate;

import io.gpushare.text.Amount;
import io.gpushare.text.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** What was found out, in words. */
public final class IsolationWords {
    /** Windows last a second: less cannot be told apart. */
    private static final double GRAIN_S = 1.1;

    private static final double SECOND_MS = 1000;
    private static final double LONG_MS = 100;
    private static final double MUCH_LONGER = 10;

    private IsolationWords() {}

    /** As in {@code fatal. 2 of 11 misbehaviours of a neighbour end resnet-infer: illegal-access and device-assert.} */
    static String answer(ModeTrials mode, String victim) {
        List<String> sentences = new ArrayList<>();
        int all = mode.trials().size();
        String verdict = mode.verdict().map(Containment::toString).orElse("not known");
        List<Misbehaviour> fatal = mode.with(Containment.FATAL);
        List<Misbehaviour> degraded = mode.with(Containment.DEGRADED);
        List<Misbehaviour> contained = mode.with(Containment.CONTAINED);
        String of = all == 1 ? "of 1 misbehaviour of a neighbour" : "of " + all + " misbehaviours of a neighbour";
        if (!fatal.isEmpty()) {
            sentences.add(fatal.size() + " " + of + verb(fatal, " ends ", " end ") + victim + ": " + list(fatal) + ".");
        }
        if (!degraded.isEmpty()) {
            sentences.add(degraded.size() + " " + (fatal.isEmpty() ? of : "more")
                    + verb(degraded, " slows", " slow") + (fatal.isEmpty() ? " " + victim : " it") + ": "
                    + list(degraded) + ".");
        }
        if (!contained.isEmpty()) {
            sentences.add(
                    fatal.isEmpty() && degraded.isEmpty()
                            ? victim + " works on beside " + among(contained, all) + "."
                            : "It works on beside " + Amount.of(contained.size(), "other") + ".");
        }
        List<Misbehaviour> unjudged = mode.unjudged();
        if (!unjudged.isEmpty()) {
            sentences.add(unjudged.size() + " could not be judged: " + list(unjudged) + ".");
        }
        return verdict + ". " + String.join(" ", sentences);
    }

    private static String among(List<Misbehaviour> contained, int all) {
        if (all == 1) {
            return list(contained);
        }
        return (contained.size() == all ? "all " : contained.size() + " of ") + all + " misbehaviours of a neighbour";
    }

    private static String verb(List<Misbehaviour> subjects, String one, String several) {
        return subjects.size() == 1 ? one : several;
    }

    private static String list(List<Misbehaviour> several) {
        return Amount.list(several.stream().map(Misbehaviour::toString).toList());
    }

    /** In a cell of the table: the verdict, and the number that tells how bad it is. */
    static String cell(Optional<Trial> trial) {
        return trial.map(one -> switch (one.outcome()) {
                    case Outcome.Unjudged _ -> "not judged";
                    case Outcome.Judged judged ->
                        switch (judged.containment()) {
                            case FATAL -> "fatal";
                            case DEGRADED, CONTAINED -> judged.containment() + " " + Figure.percent(judged.kept());
                        };
                })
                .orElse(Figure.UNKNOWN);
    }

    static String kept(Outcome.Judged judged) {
        if (judged.containment() == Containment.FATAL) {
            return Figure.UNKNOWN;
        }
        OptionalDouble error = judged.keptError();
        return Figure.percent(judged.kept()) + (error.isPresent() ? " ± " + Figure.percent(error.getAsDouble()) : "");
    }

    /** What a run showed, while others still run. */
    public static String told(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Unjudged(String reason, boolean _) -> "not judged: " + reason;
            case Outcome.Judged judged ->
                judged.containment() + ": "
                        + judged.victimDied()
                                .map(words -> "the victim died (" + words + ")")
                                .orElseGet(() -> "the victim kept " + kept(judged) + " of its throughput");
        };
    }

    static String p99(OptionalDouble times) {
        return times.isPresent() ? Amount.decimals(times.getAsDouble(), 2) + " ×" : Figure.UNKNOWN;
    }

    static String longest(Stretch stretch) {
        return stretch.longestMs().isPresent() ? duration(stretch.longestMs().getAsDouble()) : Figure.UNKNOWN;
    }

    private static String duration(double millis) {
        return millis < SECOND_MS ? Figure.of(millis, "ms") : Figure.of(millis / SECOND_MS, "s");
    }

    /** Whether its longest step says more than its p99: it stood still for once. */
    private static boolean stoodStill(Outcome.Judged judged) {
        double before = judged.quiet().longestMs().orElse(0);
        double during = judged.during().longestMs().orElse(0);
        return during >= LONG_MS && during >= MUCH_LONGER * before;
    }

    /** The numbers of a victim, in few words. */
    static String numbers(Outcome.Judged judged) {
        if (judged.containment() == Containment.FATAL) {
            return judged.recovery()
                    .filter(Recovery.Anew.class::isInstance)
                    .map(Recovery.Anew.class::cast)
                    .map(anew -> "a new one after " + Figure.of(anew.readyS()) + " s")
                    .orElse("");
        }
        String kept = Figure.percent(judged.kept());
        if (stoodStill(judged)) {
            return kept + " · stood still " + longest(judged.during());
        }
        return judged.p99Times().isPresent() ? kept + " · p99 " + p99(judged.p99Times()) : kept;
    }

    /** Of what victim and neighbour ended, or why that is not known; empty where both lived. */
    static Optional<String> ends(Trial trial) {
        return switch (trial.outcome()) {
            case Outcome.Unjudged(String reason, boolean _) ->
                Optional.of(trial.what() + " could not be judged: " + reason + ".");
            case Outcome.Judged judged -> {
                List<String> words = new ArrayList<>();
                judged.neighbourFailed().ifPresent(end -> words.add("the neighbour: " + end));
                judged.victimDied().ifPresent(end -> words.add("the victim: " + end));
                yield words.isEmpty()
                        ? Optional.empty()
                        : Optional.of(trial.what() + " · " + String.join("; ", words) + ".");
            }
        };
    }

    static String recovery(Optional<Recovery> recovery) {
        return recovery.map(known -> switch (known) {
                    case Recovery.NotNeeded() -> "not needed";
                    case Recovery.Within(double seconds) -> "within " + seconds(seconds);
                    case Recovery.NotWithin(double seconds) -> "not within " + seconds(seconds);
                    case Recovery.Anew(double readyS, double usualS) ->
                        "a new one in " + Amount.decimals(readyS, 1) + " s (usually " + Amount.decimals(usualS, 1)
                                + " s)";
                    case Recovery.NotAnew(String reason) -> "no new one works: " + reason;
                })
                .orElse("no new one was started");
    }

    private static String seconds(double seconds) {
        return seconds <= GRAIN_S ? "1 s" : (long) Math.ceil(seconds) + " s";
    }

    static String limit(ModeTrials mode, MemoryLimit limit) {
        return mode.title() + ": memory-hog got " + Amount.bytes(limit.gotBytes()) + " under the " + limit.whose()
                + " of " + Amount.bytes(limit.limitBytes()) + ", so the limit "
                + (limit.held() ? "held." : "did NOT hold.");
    }

    static List<String> limits(Isolation isolation) {
        return isolation.modes().stream()
                .flatMap(mode -> mode.trials().stream()
                        .flatMap(trial -> limit(trial).stream())
                        .map(limit -> limit(mode, limit)))
                .collect(Collectors.toList());
    }

    private static Optional<MemoryLimit> limit(Trial trial) {
        return trial.outcome() instanceof Outcome.Judged judged ? judged.limit() : Optional.empty();
    }
}
