package io.gpushare.experiment.isolate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.gpushare.analysis.RatioError;
import io.gpushare.mode.SharingMode;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.TenantResult.Problem;
import io.gpushare.text.Figure;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Judges a run of a victim, tenant 0, beside a neighbour that misbehaves, tenant 1. */
public final class Judge {
    private static final int VICTIM = 0;
    private static final int NEIGHBOUR = 1;

    /** How much earlier than a neighbour's deed a victim's last window ends that died of it. */
    private static final double LAST_WINDOW_S = 1.5;

    /** With more, a loss that lies within the error is no containment. */
    private static final double MOST_ERROR = 0.1;

    /** A slowed core has 57 % of its speed, and a victim that depends on it alone keeps that. */
    private static final double MOST_OF_A_SLOW_CORE = 0.5;

    private static final String TIMEOUT = "timeout";

    private final RunResult run;
    private final Misbehaviour what;
    private final Timing timing;
    private final Thresholds thresholds;
    private final TenantResult victim;
    private final TenantResult neighbour;

    private Judge(RunResult run, Misbehaviour what, Timing timing, Thresholds thresholds) {
        this.run = run;
        this.what = what;
        this.timing = timing;
        this.thresholds = thresholds;
        this.victim = run.tenants().get(VICTIM);
        this.neighbour = run.tenants().get(NEIGHBOUR);
    }

    public static Outcome of(RunResult run, Misbehaviour what, Timing timing, Thresholds thresholds) {
        return new Judge(run, what, timing, thresholds).outcome();
    }

    /**
     * How a victim that died works again.
     *
     * @param died the run in which it did
     * @param anew a run of a new one alone, in the same mode
     */
    public static Recovery recovery(RunResult died, RunResult anew) {
        TenantResult second = anew.tenants().getFirst();
        Optional<Double> readyS = second.start().readyS().asOptional();
        double usualS = died.tenants().get(VICTIM).start().readyS().asOptional().orElse(0.0);
        return second.problem()
                .<Recovery>map(problem -> new Recovery.NotAnew(withoutFullStop(problem.message())))
                .or(() -> readyS.map(seconds -> new Recovery.Anew(seconds, usualS)))
                .orElseGet(() -> new Recovery.NotAnew("it was never ready"));
    }

    private Outcome outcome() {
        Episode episode = episode();
        Stretch before = episode.before();
        Optional<String> reason = whyNot(episode, before);
        if (reason.isPresent()) {
            return new Outcome.Unjudged(reason.get(), false);
        }
        // A core that was slow before and is not afterwards would make any neighbour look harmless.
        Stretch quiet = before.slowed()
                ? episode.after().filter(after -> !after.slowed()).orElse(before)
                : before;
        Stretch during = episode.during(quiet);
        double kept = during.unitsPerSec() / quiet.unitsPerSec();
        OptionalDouble error = error(kept, episode, quiet, during);
        OptionalDouble p99Times = quiet.p99Ms().isPresent() && during.p99Ms().isPresent()
                ? OptionalDouble.of(during.p99Ms().getAsDouble() / quiet.p99Ms().getAsDouble())
                : OptionalDouble.empty();
        Optional<String> died = victim.problem().map(problem -> withoutFullStop(problem.message()));
        boolean slower = kept + error.orElse(0) < thresholds.leastKept()
                || p99Times.orElse(0) > thresholds.mostP99Times()
                || staysSlower(episode, quiet);
        Optional<String> doubt = died.isPresent()
                ? Optional.empty()
                : unsteady(kept, error).or(() -> hostSlowed(quiet, during, kept, slower));
        if (doubt.isPresent()) {
            return new Outcome.Unjudged(doubt.get(), true);
        }
        Containment containment =
                died.isPresent() ? Containment.FATAL : slower ? Containment.DEGRADED : Containment.CONTAINED;
        return new Outcome.Judged(
                containment,
                quiet,
                during,
                kept,
                error,
                p99Times,
                died,
                neighbour.problem().map(problem -> withoutFullStop(problem.message())),
                recovery(containment, episode, quiet),
                limit());
    }

    /** A loss that may be one or none, as far as this is known; or a quiet time that was none. */
    private Optional<String> unsteady(double kept, OptionalDouble knownError) {
        double error = knownError.orElse(0);
        double least = thresholds.leastKept();
        if (kept - error > 1 / least) {
            return Optional.of("something held the victim back in the quiet time: it did " + Figure.percent(kept)
                    + " of that while its neighbour misbehaved");
        }
        return kept < least && kept + error >= least && error > MOST_ERROR
                ? Optional.of("the victim's throughput is too unsteady to tell: it kept " + Figure.percent(kept) + " ± "
                        + Figure.percent(error))
                : Optional.empty();
    }

    /** What a slow core costs is no neighbour's doing; but that is no more than half. */
    private static Optional<String> hostSlowed(Stretch quiet, Stretch during, double kept, boolean slower) {
        boolean blamesTheNeighbour = slower && during.slowed() && kept >= MOST_OF_A_SLOW_CORE;
        boolean acquitsTheNeighbour = !slower && quiet.slowed() && !during.slowed();
        return blamesTheNeighbour || acquitsTheNeighbour
                ? Optional.of("somebody on the host slowed the victim's core "
                        + (blamesTheNeighbour ? "while its neighbour misbehaved" : "in the quiet time")
                        + ", so there is nothing to compare with")
                : Optional.empty();
    }

    /** By the neighbour's own word, where it lived to say it. */
    private Episode episode() {
        double began = neighbour.metrics().getOrDefault("began_s", timing.after());
        double ended = neighbour.metrics().getOrDefault("ended_s", began + timing.lasts(what));
        return new Episode(victim.work().windows(), began, Math.max(began, ended));
    }

    private Optional<String> whyNot(Episode episode, Stretch before) {
        if (before.unitsPerSec() <= 0) {
            return Optional.of(failure("the neighbour", neighbour)
                    .or(() -> failure("the victim", victim))
                    .orElse("the victim did nothing in the quiet time before"));
        }
        if (!run.proof().proven()) {
            return Optional.of("it is not proven that they shared the GPU in this mode: "
                    + String.join("; ", run.proof().evidence()));
        }
        if (victim.failed() && episode.lastS() < episode.fromS() - LAST_WINDOW_S) {
            return failure("the victim had died before its neighbour misbehaved", victim);
        }
        if (what.course() == Misbehaviour.Course.DIES && neighbourDied().isEmpty()) {
            return Optional.of("the neighbour did not do it: it should have died, and ended well");
        }
        return Optional.empty();
    }

    private static Optional<String> failure(String who, TenantResult tenant) {
        return tenant.problem()
                .filter(problem -> !problem.cancelled())
                .map(problem -> who + ": " + withoutFullStop(problem.message()));
    }

    private boolean staysSlower(Episode episode, Stretch quiet) {
        return episode.after()
                .filter(after -> {
                    double kept = after.unitsPerSec() / quiet.unitsPerSec();
                    boolean byTheHost = after.slowed() && kept >= MOST_OF_A_SLOW_CORE;
                    return !byTheHost
                            && kept + error(kept, episode, quiet, after).orElse(0) < thresholds.leastKept();
                })
                .isPresent();
    }

    /** By how much the victim's windows scatter while nobody misbehaves, nor slows its core if that can be told. */
    private static OptionalDouble error(double kept, Episode episode, Stretch quiet, Stretch later) {
        List<List<Double>> undisturbed = Stream.concat(Stream.of(episode.before()), episode.after().stream())
                .filter(stretch -> !stretch.slowed() || quiet.slowed())
                .map(Stretch::rates)
                .toList();
        return RatioError.half(kept, quiet.windows(), later.windows(), undisturbed);
    }

    private Optional<Recovery> recovery(Containment containment, Episode episode, Stretch quiet) {
        return switch (containment) {
            case CONTAINED -> Optional.of(new Recovery.NotNeeded());
            case FATAL -> Optional.empty();
            case DEGRADED ->
                Optional.of(episode.backAfterS(thresholds.leastKept() * quiet.unitsPerSec())
                        .<Recovery>map(Recovery.Within::new)
                        .orElseGet(() -> new Recovery.NotWithin(Math.max(0, episode.lastS() - episode.untilS()))));
        };
    }

    /** Who had to be ended by us has not died of what it did. */
    private Optional<String> neighbourDied() {
        return neighbour
                .problem()
                .filter(problem -> !problem.kind().equals(TIMEOUT) && !problem.cancelled())
                .map(Problem::message)
                .map(Judge::withoutFullStop);
    }

    private Optional<MemoryLimit> limit() {
        Double got = neighbour.metrics().get("allocated_bytes");
        if (what != Misbehaviour.MEMORY_HOG || got == null) {
            return Optional.empty();
        }
        long bytes = Math.round(got);
        OptionalLong ofMps = run.plan().mpsOf(NEIGHBOUR).memoryLimitBytes();
        if (ofMps.isPresent()) {
            return Optional.of(new MemoryLimit("memory limit of MPS", ofMps.getAsLong(), bytes));
        }
        JsonNode device = neighbour
                .start()
                .said()
                .map(hello -> hello.path("device").path("memory_bytes"))
                .orElseGet(MissingNode::getInstance);
        return run.mode() instanceof SharingMode.Mig && device.isNumber()
                ? Optional.of(new MemoryLimit("MIG device", device.asLong(), bytes))
                : Optional.empty();
    }

    private static String withoutFullStop(String message) {
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
