package io.gpushare.experiment.sweep;

import io.gpushare.experiment.sweep.CellRunner.Measured;
import io.gpushare.experiment.sweep.CellRunner.Position;
import io.gpushare.experiment.sweep.Standing.State;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.plan.RunPlan;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Carries out a sweep, round by round. What its folder holds already is not run again, so whatever ends it, the next
 * one goes on where it was.
 */
public final class SweepExecution {
    private final SweepPlan plan;
    private final SweepMatrix matrix;
    private final SweepFolder folder;
    private final CellRunner runner;
    private final SweepListener listener;
    private final Time clock;
    private final Map<SweepOutcome.Run, Standing> standings;
    private final Map<String, GpushareException> leftOut = new LinkedHashMap<>();
    private final Map<SweepOutcome.Run, String> failed = new LinkedHashMap<>();
    private final Map<SweepOutcome.Run, Integer> numbers = new HashMap<>();
    private final RemainingTime remaining;
    private int round;
    private long beganNanos;
    private boolean begun;
    private boolean outOfTime;

    /**
     * @param folder in which the plan is recorded
     * @param clock of the world, by which people wait
     * @param real whether runs take their real time
     */
    public SweepExecution(
            SweepPlan plan,
            SweepMatrix matrix,
            SweepFolder folder,
            CellRunner runner,
            SweepListener listener,
            Time clock,
            boolean real) {
        this.plan = plan;
        this.matrix = matrix;
        this.folder = folder;
        this.runner = runner;
        this.listener = listener;
        this.clock = clock;
        this.standings = folder.standings();
        this.remaining = new RemainingTime(real);
        expected().filter(run -> standing(run).settled()).forEach(this::number);
    }

    /** How many runs are done. */
    public int done() {
        return (int) expected().filter(run -> standing(run).settled()).count();
    }

    /** How long all will take, where that can be told; the first round only, where their number is open. */
    public Optional<Duration> left() {
        return remaining.of(expected()
                .filter(run -> !standing(run).settled() && !failed.containsKey(run))
                .map(run -> planOf(run.cell()))
                .toList());
    }

    /** @throws GpushareException when no run can be made on this machine */
    public SweepOutcome run() throws InterruptedException {
        Rounds rounds = plan.conduct().rounds();
        boolean enough = false;
        beganNanos = clock.nanos();
        while (!enough && round < rounds.last()) {
            round++;
            runRound();
            if (!ends()) {
                requireSomethingLeft();
            }
            boolean decided = rounds.untilDecided() && round >= Rounds.LEAST_OF_AUTO && open().isEmpty();
            enough = ends() || decided;
        }
        return outcome();
    }

    /** The comparisons that matter and are not decided by what lies in the folder. */
    public List<OpenComparison> open() {
        return OpenComparison.in(folder.read().runs());
    }

    private boolean ends() {
        return runner.ends() || outOfTime;
    }

    /** Before a run: whether none is begun any more. The first is, however long it lasts. */
    private boolean ends(SweepCell cell) {
        Duration needed = remaining.of(List.of(cell.plan())).orElse(Duration.ZERO);
        long passed = clock.nanos() - beganNanos;
        outOfTime |= begun
                && plan.conduct()
                        .within()
                        .filter(limit -> passed + needed.toNanos() > limit.toNanos())
                        .isPresent();
        begun = true;
        return ends();
    }

    private void runRound() throws InterruptedException {
        List<SweepCell> again = new ArrayList<>();
        for (SweepCell cell : RoundOrder.of(matrix, plan.conduct().orderSeed(), round)) {
            Standing standing = standing(cell);
            if (standing.settled() || isLeftOut(cell) || ends(cell)) {
                continue;
            }
            if (standing.waitsForAnother() || !hasBaselines(cell)) {
                again.add(cell);
            } else if (!measured(cell, true)) {
                again.add(cell);
            }
        }
        again.sort(Comparator.comparing(cell -> !cell.alone()));
        for (SweepCell cell : again) {
            if (isLeftOut(cell) || ends(cell)) {
                continue;
            }
            if (hasBaselines(cell)) {
                measured(cell, false);
            } else {
                fail(cell, "the baseline that it is compared with failed", false);
            }
        }
    }

    /** @return whether nothing is left to do for the cell in this round */
    private boolean measured(SweepCell cell, boolean triedAgain) throws InterruptedException {
        SweepOutcome.Run key = key(cell);
        RunPlan run = cell.inRound(round, baselineFiles(cell));
        long began = clock.nanos();
        Measured measured;
        try {
            measured = runner.measure(cell, run, folder.of(round, cell), position(key));
        } catch (HopelessException hopeless) {
            throw hopeless;
        } catch (GpushareException failure) {
            return failed(cell, failure, triedAgain);
        }
        Standing now = standing(cell).and(measured.result().verdict(), measured.file());
        standings.put(key, now);
        if (measured.stop().isPresent()) {
            throw measured.stop().get();
        }
        State state = Standing.of(measured.result().verdict());
        if (state == State.OPEN) {
            return true;
        }
        if (state != State.FAILED) {
            remaining.took(run, Duration.ofNanos(clock.nanos() - began));
            failed.remove(key);
        } else if (!triedAgain) {
            failed.put(key, measured.result().verdict().findings().getFirst().message());
        }
        boolean again = triedAgain && !now.settled();
        listener.finished(position(key), cell, measured.result(), again, left());
        return !again;
    }

    private boolean failed(SweepCell cell, GpushareException failure, boolean triedAgain) {
        if (runner.ends()) {
            return true;
        }
        boolean impossible = failure.status() == ExitStatus.UNABLE || failure.status() == ExitStatus.USAGE;
        // A GPU that somebody else uses for a minute is no reason to give up a cell: it is tried again first.
        if (impossible && !triedAgain && !everWent(cell)) {
            leaveOut(cell, failure);
            return true;
        }
        fail(cell, failure.sentence(), triedAgain);
        return !triedAgain;
    }

    private void fail(SweepCell cell, String why, boolean again) {
        if (!again) {
            failed.put(key(cell), why);
        }
        listener.failed(position(key(cell)), cell, why, again);
    }

    private void leaveOut(SweepCell cell, GpushareException why) {
        leftOut.put(cell.name(), why);
        numbers.keySet().removeIf(run -> run.cell().equals(cell.name()));
        listener.leftOut(new LeftOut(cell.name(), why.sentence()));
        if (cell.alone()) {
            matrix.cells().stream()
                    .filter(other -> other.baselines().contains(cell.name()) && !isLeftOut(other))
                    .forEach(other -> leaveOut(other, why));
        }
    }

    private boolean everWent(SweepCell cell) {
        return standings.entrySet().stream()
                .anyMatch(known -> known.getKey().cell().equals(cell.name())
                        && known.getValue().file().isPresent());
    }

    private void requireSomethingLeft() {
        if (matrix.cells().stream().allMatch(this::isLeftOut)) {
            throw leftOut.values().iterator().next();
        }
    }

    private boolean isLeftOut(SweepCell cell) {
        return leftOut.containsKey(cell.name());
    }

    private boolean hasBaselines(SweepCell cell) {
        return baselineFiles(cell).size() == cell.baselines().size();
    }

    private List<Path> baselineFiles(SweepCell cell) {
        return cell.baselines().stream()
                .flatMap(name -> standing(new SweepOutcome.Run(round, name)).file().stream())
                .map(file -> file.toAbsolutePath().normalize())
                .toList();
    }

    private SweepOutcome.Run key(SweepCell cell) {
        return new SweepOutcome.Run(round, cell.name());
    }

    private Standing standing(SweepCell cell) {
        return standing(key(cell));
    }

    private Standing standing(SweepOutcome.Run run) {
        return standings.getOrDefault(run, Standing.NOTHING);
    }

    private RunPlan planOf(String name) {
        return matrix.runs().stream()
                .filter(cell -> cell.name().equals(name))
                .findFirst()
                .orElseThrow()
                .plan();
    }

    /** All runs that are known to be needed; of the rounds that were begun, where their number is open. */
    private Stream<SweepOutcome.Run> expected() {
        Rounds rounds = plan.conduct().rounds();
        int last = rounds.untilDecided() ? Math.max(1, round) : rounds.last();
        return IntStream.rangeClosed(1, last)
                .boxed()
                .flatMap(number -> matrix.runs().stream()
                        .filter(cell -> !isLeftOut(cell))
                        .map(cell -> new SweepOutcome.Run(number, cell.name())));
    }

    private Position position(SweepOutcome.Run run) {
        boolean open = plan.conduct().rounds().untilDecided();
        int ofAll = (int) expected()
                .filter(other -> !open || other.round() == run.round())
                .count();
        return new Position(number(run), ofAll, open ? run.round() : 0);
    }

    /** In the order in which runs are first begun. */
    private int number(SweepOutcome.Run run) {
        boolean open = plan.conduct().rounds().untilDecided();
        int next = 1
                + (int) numbers.keySet().stream()
                        .filter(other -> !open || other.round() == run.round())
                        .count();
        return numbers.computeIfAbsent(run, _ -> next);
    }

    private SweepOutcome outcome() {
        List<SweepOutcome.FailedRun> failures = new ArrayList<>();
        failed.forEach((run, why) -> failures.add(new SweepOutcome.FailedRun(run.round(), run.cell(), why)));
        return new SweepOutcome(
                round,
                (int) expected().count(),
                done(),
                failures,
                expected()
                        .filter(run -> standing(run).settled() && standing(run).state() == State.INEXACT)
                        .toList(),
                leftOut.entrySet().stream()
                        .map(entry ->
                                new LeftOut(entry.getKey(), entry.getValue().sentence()))
                        .toList(),
                runner.ends(),
                outOfTime);
    }
}
