package io.gpushare.crash;

import io.gpushare.crash.Struck.Phase;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.Verdict.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** So many kills, spread over the scenarios and over the life of each run; some of them at the same time. */
final class CrashCampaign {
    /** From before Java is up until about the end: the run whose time it is had more beside it. */
    private static final double LAST_INSTANT = 1;

    /** Of a run that no blow has reached: it is too short. */
    private static final int INVALID = 1;

    /** A second on a busy host is too little for a verdict that counts, and enough for everything else. */
    private static final Set<Reason> OF_HASTE = EnumSet.of(
            Reason.TOO_FEW_SAMPLES,
            Reason.SAMPLER_MISSED_TICKS,
            Reason.START_SKEW,
            Reason.IMPRECISE,
            Reason.DRIFTING,
            Reason.HOST_SLOWED);

    /** So is it for a proof: nothing speaks against the mode, but nobody has looked who was on the GPU. */
    private static final String NEVER_LOOKED = "nothing was measured long enough to look";

    /**
     * Where the machine is busy, a signal may come before Java has begun with our program; its status is 1 then, too.
     */
    private static final String STRUCK_IN_JAVA = "Error occurred during initialization of VM";

    private final Path folder;
    private final List<Scenario> scenarios;
    private final Random random;
    private final int lanes;
    private final Consumer<String> progress;

    /** @param lanes how many runs go on side by side */
    CrashCampaign(Path folder, List<Scenario> scenarios, long seed, int lanes, Consumer<String> progress) {
        this.folder = folder;
        this.scenarios = scenarios;
        this.random = new Random(seed);
        this.lanes = lanes;
        this.progress = progress;
    }

    List<Struck> run(int kills) throws InterruptedException, ExecutionException {
        try (ExecutorService executor = Executors.newFixedThreadPool(lanes)) {
            List<Future<Duration>> unharmed = scenarios.stream()
                    .map(scenario -> executor.submit(() -> unharmed(scenario)))
                    .toList();
            List<Duration> lengths = new ArrayList<>();
            for (Future<Duration> one : unharmed) {
                lengths.add(one.get());
            }
            List<Future<Struck>> pending = new ArrayList<>();
            for (Kill kill : plan(kills)) {
                Duration length = lengths.get(scenarios.indexOf(kill.scenario()));
                pending.add(executor.submit(() -> strike(kill, length)));
            }
            List<Struck> struck = new ArrayList<>();
            for (Future<Struck> one : pending) {
                struck.add(one.get());
            }
            return struck;
        }
    }

    /** Every second blow is deadly; the instants of each kind are spread evenly, and each lies anywhere in its part. */
    private List<Kill> plan(int kills) {
        List<Kill> plan = new ArrayList<>();
        List<Blow> gentle =
                Arrays.stream(Blow.values()).filter(blow -> !blow.deadly()).toList();
        for (int i = 0; i < scenarios.size(); i++) {
            int here = kills / scenarios.size() + (i < kills % scenarios.size() ? 1 : 0);
            int offset = random.nextInt(2 * gentle.size());
            for (int part = 0; part < here; part++) {
                int turn = part + offset;
                Blow blow = turn % 2 == 0 ? Blow.KILL : gentle.get(turn / 2 % gentle.size());
                double fraction = LAST_INSTANT * (part + random.nextDouble()) / here;
                plan.add(new Kill(plan.size(), scenarios.get(i), blow, fraction));
            }
        }
        Collections.shuffle(plan, random);
        return plan;
    }

    private Duration unharmed(Scenario scenario) throws IOException, InterruptedException {
        Path place = folder.resolve("unharmed-" + scenarios.indexOf(scenario));
        try (CrashMachine machine = CrashMachine.create(place, scenario)) {
            GpushareProcess bench = machine.bench();
            int status = bench.awaitEnd();
            Duration took = bench.age();
            List<String> leftovers = machine.leftovers();
            if (!measured(machine.result()) || !leftovers.isEmpty()) {
                throw new AssertionError(scenario.name() + ", unharmed, ended with " + status + " and left " + leftovers
                        + "\n" + machine.said("bench"));
            }
            progress.accept("%s takes %d ms".formatted(scenario.name(), took.toMillis()));
            return took;
        }
    }

    private static boolean measured(RunResult run) {
        return run.verdict().findings().stream()
                .allMatch(finding ->
                        OF_HASTE.contains(finding.reason()) || finding.message().contains(NEVER_LOOKED));
    }

    private Struck strike(Kill kill, Duration unharmed) throws IOException, InterruptedException {
        try (CrashMachine machine = CrashMachine.create(folder.resolve("kill-" + kill.number()), kill.scenario())) {
            GpushareProcess bench = machine.bench();
            boolean ended = bench.endsWithin(kill.instant(unharmed));
            Phase phase = ended ? Phase.ENDED : phase(machine);
            if (!ended) {
                machine.strike(kill.blow(), bench.pid());
            }
            int status = bench.awaitEnd();
            machine.noteChange();
            List<String> faults = new ArrayList<>();
            if (!explained(kill, status, machine)) {
                faults.add("it ended with " + status + ": " + machine.said("bench"));
            }
            if (kill.blow().deadly()) {
                faults.addAll(recover(kill, machine));
            }
            faults.addAll(machine.leftovers());
            progress.accept(
                    kill + " (" + phase + "): status " + status + (faults.isEmpty() ? "" : ", FAULT " + faults));
            return new Struck(kill, status, phase, faults);
        }
    }

    private static boolean explained(Kill kill, int status, CrashMachine machine) throws IOException {
        if (machine.said("bench").contains(STRUCK_IN_JAVA)) {
            return !kill.blow().deadly();
        }
        return status == INVALID ? measured(machine.result()) : kill.blow().explains(status);
    }

    /** By the command for it, or one time in three by whatever is run next. */
    private static List<String> recover(Kill kill, CrashMachine machine) throws IOException, InterruptedException {
        boolean byNextRun = kill.number() % 3 == 0;
        GpushareProcess recovery = byNextRun ? machine.benchAgain() : machine.restore();
        int status = recovery.awaitEnd();
        String said = machine.said(byNextRun ? "again" : "restore");
        boolean well = status == (byNextRun ? INVALID : 0) && !said.contains("error:");
        return well ? List.of() : List.of("what came next ended with " + status + ": " + said);
    }

    private static Phase phase(CrashMachine machine) throws IOException {
        boolean changed = machine.noteChange();
        if (machine.toolRuns()) {
            return Phase.IN_TOOL;
        }
        return changed ? Phase.CHANGED : Phase.UNCHANGED;
    }
}
