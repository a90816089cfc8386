package io.gpushare.cli.sweep;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.cli.bench.BenchParts;
import io.gpushare.cli.bench.BenchPlaceOptions;
import io.gpushare.cli.bench.PlanMeasurement;
import io.gpushare.cli.option.NoGpuException;
import io.gpushare.cli.results.FolderAnalysis;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.cli.terminal.JsonAnswer;
import io.gpushare.experiment.sweep.CellRunner;
import io.gpushare.experiment.sweep.CoolDown;
import io.gpushare.experiment.sweep.HopelessException;
import io.gpushare.experiment.sweep.OpenComparison;
import io.gpushare.experiment.sweep.SweepCell;
import io.gpushare.experiment.sweep.SweepDraft;
import io.gpushare.experiment.sweep.SweepExecution;
import io.gpushare.experiment.sweep.SweepFolder;
import io.gpushare.experiment.sweep.SweepMatrix;
import io.gpushare.experiment.sweep.SweepOutcome;
import io.gpushare.experiment.sweep.SweepPlan;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.transaction.GpuInUseException;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.RuntimeChoice;
import io.gpushare.process.CommandRunner;
import io.gpushare.results.ResultDirectory;
import io.gpushare.run.RunOutcome;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * Carries out a sweep for its command: what this machine cannot do is found out first, then come the rounds, then the
 * analysis of all that lies in the folder.
 *
 * @param typed the command, for advice on what to type instead
 * @param drafts to read a recorded plan into
 */
record CarriedOutSweep(
        Console console,
        BenchParts parts,
        Interruption interruption,
        CommandLine typed,
        BenchPlaceOptions place,
        Supplier<SweepDraft> drafts,
        boolean json) {

    /**
     * @param path of the sweep's folder
     * @param fresh whether what it holds is put aside first
     */
    ExitStatus in(Path path, SweepPlan plan, SweepMatrix matrix, boolean fresh) throws InterruptedException {
        boolean real = place.time(matrix.cells().getFirst().plan()).isReal();
        boolean silent = json || !real || !console.errRedraws();
        try (Interruption.Hold _ = interruption.hold()) {
            PlanMeasurement measurement = new PlanMeasurement(console, parts, interruption, typed, silent);
            SweepMatrix possible = matrix.without(impossible(measurement, matrix));
            if (fresh) {
                SweepFolder.moveAside(path, Time.real().instant())
                        .ifPresent(aside -> console.err().println("What was there is in " + aside + " now."));
            }
            try (SweepFolder folder = SweepFolder.open(path)) {
                folder.record(plan, matrix, drafts);
                SweepExecution execution = new SweepExecution(
                        plan,
                        possible,
                        folder,
                        new SweepRuns(measurement, before(plan, matrix), place::time, simulatedBy(matrix)),
                        new SweepLines(console, possible, json),
                        Time.real(),
                        real);
                return carriedOut(plan, possible, folder, execution);
            }
        }
    }

    private ExitStatus carriedOut(SweepPlan plan, SweepMatrix matrix, SweepFolder folder, SweepExecution execution)
            throws InterruptedException {
        SweepReport report = new SweepReport(console);
        if (!json) {
            report.begins(matrix, plan.conduct(), folder.path(), execution.done(), execution.left());
        }
        SweepOutcome outcome;
        try {
            outcome = execution.run();
        } catch (HopelessException hopeless) {
            throw hopeless.getCause() instanceof GpushareException why ? why : hopeless;
        }
        return told(plan, matrix, folder, outcome, execution.open(), report);
    }

    private ExitStatus told(
            SweepPlan plan,
            SweepMatrix matrix,
            SweepFolder folder,
            SweepOutcome outcome,
            List<OpenComparison> open,
            SweepReport report) {
        Optional<FolderAnalysis> analysis =
                FolderAnalysis.of(folder.path(), plan.conduct().bounds(), Time.real());
        if (json) {
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            answer.set("sweep", SweepJson.ended(folder.path(), outcome, matrix, open));
            analysis.ifPresentOrElse(done -> answer.set("analysis", done.json()), () -> answer.putNull("analysis"));
            console.out().println(JsonAnswer.render(answer));
        } else {
            analysis.ifPresent(done -> done.print(console));
            report.ended(outcome, matrix, open, folder.path(), analysis.isPresent());
        }
        if (outcome.interrupted()) {
            return ExitStatus.INTERRUPTED;
        }
        if (analysis.isEmpty()) {
            return ExitStatus.FAILED;
        }
        return outcome.failed().isEmpty() ? ExitStatus.DONE : ExitStatus.PARTLY_FAILED;
    }

    /** Found out before anything begins, where it is cheap; the rest shows when a cell is run first. */
    private Map<RunPlan, GpushareException> impossible(PlanMeasurement measurement, SweepMatrix matrix)
            throws InterruptedException {
        List<RunPlan> plans = matrix.cells().stream().map(SweepCell::plan).toList();
        try {
            return measurement.impossible(plans, place.time(plans.getFirst()), simulatedBy(matrix));
        } catch (GpushareException failure) {
            boolean ofOneCell =
                    failure.status() == ExitStatus.UNABLE && !(failure.getCause() instanceof NoGpuException);
            if (ofOneCell) {
                return Map.of();
            }
            throw failure;
        }
    }

    private BeforeEachRun before(SweepPlan plan, SweepMatrix matrix) {
        Optional<CoolDown> coolDown = plan.conduct().coolDown();
        boolean simulated = matrix.cells().getFirst().plan().simulated();
        if (simulated && coolDown.isPresent()) {
            console.err().println("A simulated GPU begins each run as cool as one that was idle: nobody waits for it.");
            coolDown = Optional.empty();
        }
        return new BeforeEachRun(
                plan.conduct().prepare(),
                coolDown,
                new CommandRunner(System.getenv()),
                interruption,
                console.err()::println);
    }

    /** A plan file may choose a runtime, of which a simulated GPU knows nothing. */
    private static List<String> simulatedBy(SweepMatrix matrix) {
        return matrix.cells().getFirst().plan().runtime() == RuntimeChoice.AUTO
                ? List.of("--simulate")
                : List.of("--simulate", "--runtime=auto");
    }

    /**
     * Carries out the runs of a sweep as {@code bench} would, each after what is to come before it.
     *
     * @param times the time in which a plan is carried out
     * @param simulatedBy what is added to the command so that it runs without a GPU
     */
    private record SweepRuns(
            PlanMeasurement measurement, BeforeEachRun before, Function<RunPlan, Time> times, List<String> simulatedBy)
            implements CellRunner {

        @Override
        public Measured measure(SweepCell cell, RunPlan plan, Path folder, Position position)
                throws InterruptedException {
            before.run(cell.name());
            RunOutcome outcome;
            try {
                outcome = measurement
                        .measure(
                                position.words() + " " + cell.name() + " · ",
                                plan,
                                times.apply(plan),
                                ResultDirectory.open(folder),
                                simulatedBy,
                                place -> before.cool(place.gpu()))
                        .outcomes()
                        .stream()
                        .findFirst()
                        .orElseThrow(SweepRuns::nothing);
            } catch (GpushareException failure) {
                boolean hopeless = failure instanceof GpuInUseException || failure.getCause() instanceof NoGpuException;
                throw hopeless ? new HopelessException(failure) : failure;
            }
            return new Measured(outcome.result(), outcome.file(), outcome.notRestored());
        }

        private static GpushareException nothing() {
            return GpushareException.failed("nothing was measured", null);
        }

        @Override
        public boolean ends() {
            return measurement.ends();
        }
    }
}
