package io.gpushare.cli.bench;

import io.gpushare.cli.option.NeedsRoot;
import io.gpushare.cli.option.NoGpuException;
import io.gpushare.cli.option.ShellWords;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.transaction.NotPermittedException;
import io.gpushare.plan.RunPlan;
import io.gpushare.platform.Platform;
import io.gpushare.results.ResultDirectory;
import io.gpushare.run.RunOutcome;
import io.gpushare.run.account.RunSetting;
import io.gpushare.run.company.Member;
import io.gpushare.run.stage.Bench;
import io.gpushare.run.stage.StopRequest;
import io.gpushare.text.Amount;
import io.gpushare.text.Durations;
import io.gpushare.time.Time;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;

/**
 * Carries out plans for a command, one after another: shows how each goes on, and says what to type where this machine
 * cannot. Whoever uses it holds the interruption.
 */
public final class PlanMeasurement {
    private final Console console;
    private final BenchParts parts;
    private final CommandLine typed;
    private final boolean silent;

    /** Told when the user wants to end: those of the run that is under way. */
    private final List<Runnable> ending = new ArrayList<>();

    private boolean ends;

    /** Before each note, where several are carried out at the same time. */
    private String notesOf = "";

    /** Why runs do not read the machine around the GPUs; empty where one of them does. */
    private String machineReadBy = "";

    /** What was said: the next run is carried out in the same place, mostly. */
    private final Set<String> noted = new HashSet<>();

    /** What is waited for once the GPU is found, before anything is started on it. */
    @FunctionalInterface
    public interface Readiness {
        void await(BenchPlace place) throws InterruptedException;
    }

    /**
     * @param outcomes one a repetition
     * @param where GPU, runtime, duration: what no result says in a word
     */
    public record Measured(List<RunOutcome> outcomes, String where) {
        public Measured {
            outcomes = List.copyOf(outcomes);
        }
    }

    /**
     * @param typed the command, for advice on what to type instead
     * @param silent shows no progress
     */
    public PlanMeasurement(
            Console console, BenchParts parts, Interruption interruption, CommandLine typed, boolean silent) {
        this.console = console;
        this.parts = parts;
        this.typed = typed;
        this.silent = silent;
        interruption.onRequest(this::end);
    }

    /** The same, with these words before all that is said. */
    public PlanMeasurement withNotesOf(String words) {
        notesOf = words;
        return this;
    }

    /** The same, which leaves the machine around the GPUs to somebody else, whom these words name. */
    PlanMeasurement whileTheMachineIsReadBy(String who) {
        machineReadBy = "it is told by " + who;
        return this;
    }

    /** Whether the user wants to end: nothing more is to be measured. */
    public synchronized boolean ends() {
        return ends;
    }

    /**
     * @param part which of several it is, as a begin of the title; empty where it is the only one
     * @param simulatedBy what is added to the command so that it runs without a GPU
     */
    public Measured measure(String part, RunPlan plan, Time time, ResultDirectory directory, List<String> simulatedBy)
            throws InterruptedException {
        return measure(part, plan, time, directory, simulatedBy, _ -> {});
    }

    /** As above, when it is time for it. */
    public Measured measure(
            String part,
            RunPlan plan,
            Time time,
            ResultDirectory directory,
            List<String> simulatedBy,
            Readiness readiness)
            throws InterruptedException {
        try (BenchPlace place = open(plan, time, simulatedBy)) {
            readiness.await(place);
            List<RunOutcome> outcomes = measure(part, plan, time, place, directory);
            String runtime = plan.simulated() ? "" : place.runtime().kind() + " · ";
            return new Measured(
                    outcomes, place.gpuWords(plan.simulated()) + " · " + runtime + Durations.text(plan.duration()));
        } catch (GpushareException failure) {
            throw parts.needsRoot().told(failure, typed);
        }
    }

    /**
     * Which of these plans this machine cannot carry out, as far as that is told without changing anything: those whose
     * mode the GPU, the driver or the user cannot have.
     *
     * @param plans that differ in mode and tenants alone; not empty
     * @return why, by plan
     */
    public Map<RunPlan, GpushareException> impossible(List<RunPlan> plans, Time time, List<String> simulatedBy)
            throws InterruptedException {
        Map<RunPlan, GpushareException> impossible = new LinkedHashMap<>();
        if (plans.getFirst().runtime().elsewhere()) {
            return impossible; // Nothing is set up there, and only to ask nobody waits for nodes.
        }
        try (BenchPlace place = open(plans.getFirst(), time, simulatedBy)) {
            for (RunPlan plan : plans) {
                try {
                    place.modes().require(RunSetting.request(plan, place.runtime()));
                } catch (GpushareException unable) {
                    impossible.put(plan, unable);
                }
            }
        }
        return impossible;
    }

    private BenchPlace open(RunPlan plan, Time time, List<String> simulatedBy) throws InterruptedException {
        return opened(() -> parts.open(plan, time, this::noteOnce, this::onRequest), simulatedBy);
    }

    /** All GPUs of a plan that runs on several; whoever asks closes them. */
    public List<BenchPlace> openAll(RunPlan plan, Time time, List<String> simulatedBy) throws InterruptedException {
        return opened(() -> parts.openAll(plan, time, this::noteOnce, this::onRequest), simulatedBy);
    }

    /** What tells the GPUs of a plan apart that runs on several; nothing is taken or changed for that. */
    public List<String> gpus(RunPlan plan, List<String> simulatedBy) throws InterruptedException {
        return opened(() -> parts.gpus(plan), simulatedBy);
    }

    private interface Opening<T> {
        T open() throws InterruptedException;
    }

    private <T> T opened(Opening<T> opening, List<String> simulatedBy) throws InterruptedException {
        try {
            return opening.open();
        } catch (NoGpuException failure) {
            String before = failure.advice().map(advice -> advice + "\n").orElse("");
            // The command that was typed, without options that a simulated GPU has no use for.
            String simulating = ShellWords.join("gpushare", typed, BenchPlaceOptions.OF_REAL_GPUS, simulatedBy);
            throw GpushareException.unable(
                    failure.sentence(), before + "The same on a simulated GPU:\n  " + simulating, failure);
        }
    }

    private List<RunOutcome> measure(String part, RunPlan plan, Time time, BenchPlace place, ResultDirectory directory)
            throws InterruptedException {
        try (BenchView view = view(part + title(plan, place), time)) {
            return measure(plan, time, place, directory, view, Member.alone());
        }
    }

    /** @param member among runs on other GPUs; only the first of them reads the machine around the GPUs */
    List<RunOutcome> measure(
            RunPlan plan, Time time, BenchPlace place, ResultDirectory directory, BenchView view, Member member)
            throws InterruptedException {
        try {
            onRequest(() -> view.noted("Ending: stopping the tenants, then saving what was measured …"));
            StopRequest ofThisRun = this::onRequest;
            return parts.execute(
                    plan,
                    new Bench(
                            time,
                            place.gpu(),
                            place.versions(),
                            place.driver(),
                            place.runtime(),
                            parts.attaching(),
                            place.modes(),
                            directory,
                            ofThisRun,
                            view,
                            platform(plan, member),
                            member));
        } catch (NotPermittedException refused) {
            throw GpushareException.unable(
                    refused.sentence(),
                    "As root:\n  " + new NeedsRoot(false, System.getenv()).sudoLine(typed),
                    refused);
        } finally {
            forgetRun();
        }
    }

    private Platform platform(RunPlan plan, Member member) {
        if (!machineReadBy.isEmpty()) {
            return Platform.silent(machineReadBy);
        }
        return member.place() == 0
                ? parts.platform(plan)
                : Platform.silent("it is told by the run on the first of the GPUs");
    }

    private BenchView view(String title, Time time) {
        return silent ? new BenchView.Silent(this::noteOnce) : BenchView.of(console, time, title);
    }

    private synchronized void noteOnce(String sentence) {
        if (noted.add(sentence)) {
            console.err().println(notesOf + sentence);
        }
    }

    private synchronized void onRequest(Runnable callback) {
        ending.add(callback);
        if (ends) {
            callback.run();
        }
    }

    private synchronized void forgetRun() {
        ending.clear();
    }

    private synchronized void end() {
        ends = true;
        ending.forEach(Runnable::run);
    }

    private static String title(RunPlan plan, BenchPlace place) {
        return (plan.simulated() ? "SIMULATED  " : "") + plan.mode().kind() + " · "
                + Amount.of(plan.tenants().size(), "tenant") + " · " + place.gpuWords(plan.simulated());
    }
}
