package io.gpushare.cli.mode;

import io.gpushare.cli.option.ShellWords;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.cli.terminal.JsonAnswer;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.setup.Change;
import io.gpushare.mode.setup.Changes;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.mode.transaction.GpuLock;
import io.gpushare.mode.transaction.JournalEntry;
import io.gpushare.mode.transaction.ModeTarget;
import io.gpushare.mode.transaction.ModeTransaction;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "apply",
        header = "Bring a GPU into a mode, and leave it so.",
        description = {
            "Only what is not so already is changed, one thing at a time, and read back. What was before is on disk"
                    + " before: `gpushare mode restore` brings it back. Anything but MPS needs root.",
            "Modes of a node in a cluster are exclusive, time-slicing-N, mps-N, mig-single and mig-mixed."
        },
        footer = {
            "",
            "Examples:",
            "  gpushare mode apply mps --thread-percentage 50",
            "  sudo gpushare mode apply time-slicing --quantum long",
            "  sudo gpushare mode apply mig --profiles balanced --tenants 4",
            "  sudo gpushare mode apply mig --profiles 3g.71gb:2 --mps --gpu 1",
            "  sudo gpushare mode apply --mig-parted config.yaml --config all-balanced",
            "  gpushare mode apply mig-mixed-h200 --dry-run      the commands, and nothing is changed",
            "  gpushare mode apply time-slicing-4 --runtime kubernetes --kubernetes node=gpu-1",
            "",
            "Exit status: 0 done, 1 failed, 2 usage, 3 this machine or user cannot do it, 130 interrupted and put back."
        })
final class ModeApplyCommand implements Callable<Integer> {
    @Mixin
    private ModeChoice choice = new ModeChoice();

    @Mixin
    private ModeGpuOptions gpuOptions = new ModeGpuOptions();

    @Mixin
    private ClusterModeOptions cluster = new ClusterModeOptions();

    @Option(names = "--dry-run", description = "Change nothing: print the commands that would run, one a line.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print JSON on stdout.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Console console;
    private final ModeParts parts;
    private final Interruption interruption;

    ModeApplyCommand(Console console, ModeParts parts, Interruption interruption) {
        this.console = console;
        this.parts = parts;
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (cluster.meant(spec.commandLine())) {
            new ClusterModes(console, parts, json).apply(choice.named(), cluster.place(), typed(), interruption);
            return ExitStatus.DONE.code();
        }
        choice.check(parts);
        try (ModePlace place = gpuOptions.open(parts)) {
            if (dryRun) {
                print(place);
            } else {
                apply(place);
            }
            return ExitStatus.DONE.code();
        } catch (GpushareException failure) {
            throw parts.needsRoot().told(failure, spec.commandLine());
        }
    }

    private void note(String sentence) {
        console.err().println("note: " + sentence);
    }

    private String typed() {
        return ShellWords.join("gpushare", spec.commandLine(), Set.of(), List.of());
    }

    private void print(ModePlace place) throws InterruptedException {
        for (JournalEntry entry : place.entries()) {
            if (entry.lifetime() == JournalEntry.Lifetime.TEMPORARY) {
                throw GpushareException.failed(
                        place.name() + " is changed by " + RestoreWords.whose(entry)
                                + ": what remains to be done afterwards is not known",
                        "Wait for its end, or finish what was interrupted: gpushare restore");
            }
        }
        ModeTransaction modes = place.transaction(typed());
        List<Change> missing = modes.missing(choice.target(place, modes, this::note));
        place.control().commands(missing).forEach(console.out()::println);
        if (missing.isEmpty()) {
            console.err().println(place.name() + " is in this mode already: nothing would be changed.");
        }
    }

    @SuppressWarnings("try") // a request to end waits while the hold is open
    private void apply(ModePlace place) throws InterruptedException {
        String purpose = typed();
        try (Interruption.Hold _ = interruption.hold();
                GpuLock _ = place.lock(purpose)) {
            interruption.onRequest(Thread.currentThread()::interrupt);
            place.finishInterrupted(this::note);
            ModeTransaction modes = place.transaction(purpose);
            ModeTarget target = choice.target(place, modes, this::note);
            GpuSetup before = modes.now();
            List<Change> missing = Changes.between(before, target.setup());
            place.requirePermission(missing, spec.commandLine());
            GpuSetup reached = missing.isEmpty()
                    ? before
                    : modes.apply(
                            target.setup(),
                            JournalEntry.Lifetime.LASTING,
                            place.cards().readers());
            ModeApplied applied = ModeApplied.of(place, target, reached, missing, gpuOptions.again());
            if (json) {
                console.out().println(JsonAnswer.render(applied.json()));
            } else {
                applied.lines().forEach(console.out()::println);
            }
        }
    }
}
