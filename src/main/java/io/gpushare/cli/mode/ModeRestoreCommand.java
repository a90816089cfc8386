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
import io.gpushare.mode.transaction.JournalEntry.Lifetime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "restore",
        header = "Undo `mode apply`: put a GPU back as it was before.",
        description =
                "Several applications one after another are undone together. What a killed gpushare had changed for a"
                        + " while is put back first.",
        footer = {
            "",
            "Examples:",
            "  gpushare mode restore",
            "  gpushare mode restore --gpu 1 --dry-run",
            "  gpushare mode restore --runtime kubernetes --kubernetes node=gpu-1",
            "",
            "Exit status: 0 done or nothing to do, 1 failed, 2 usage, 3 this user cannot do it."
        })
final class ModeRestoreCommand implements Callable<Integer> {
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

    ModeRestoreCommand(Console console, ModeParts parts, Interruption interruption) {
        this.console = console;
        this.parts = parts;
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (cluster.meant(spec.commandLine())) {
            new ClusterModes(console, parts, json).restore(cluster.place(), interruption);
            return ExitStatus.DONE.code();
        }
        try (ModePlace place = gpuOptions.open(parts)) {
            if (dryRun) {
                print(place);
            } else {
                restore(place);
            }
            return ExitStatus.DONE.code();
        } catch (GpushareException failure) {
            throw parts.needsRoot().told(failure, spec.commandLine());
        }
    }

    private void print(ModePlace place) throws InterruptedException {
        Optional<JournalEntry> interrupted = place.own(Lifetime.TEMPORARY);
        Optional<JournalEntry> lasting = place.own(Lifetime.LASTING);
        List<Change> changes = new ArrayList<>();
        Optional<GpuSetup> between = Optional.empty();
        if (interrupted.isPresent()) {
            GpuSetup now = interrupted.get().now(place.control());
            changes.addAll(interrupted.get().undoing(now));
            between = Optional.of(interrupted.get().undoneFrom(now));
        }
        if (lasting.isPresent()) {
            GpuSetup now = between.isPresent() ? between.get() : lasting.get().now(place.control());
            changes.addAll(Changes.between(now, lasting.get().before()));
        }
        place.control().commands(changes).forEach(console.out()::println);
        if (changes.isEmpty()) {
            console.err().println("Nothing would be changed.");
        }
    }

    @SuppressWarnings("try") // a request to end waits while the hold is open
    private void restore(ModePlace place) throws InterruptedException {
        String purpose = ShellWords.join("gpushare", spec.commandLine(), Set.of(), List.of());
        List<String> done = new ArrayList<>();
        try (Interruption.Hold _ = interruption.hold();
                GpuLock _ = place.lock(purpose)) {
            place.finishInterrupted(done::add);
            Optional<JournalEntry> lasting = place.own(Lifetime.LASTING);
            if (lasting.isPresent()) {
                place.requirePermission(lasting.get().undoing(lasting.get().now(place.control())), spec.commandLine());
                place.transaction(purpose).undoLasting(place.cards().readers());
                done.add(place.name() + " is again as it was before " + RestoreWords.whose(lasting.get()));
            } else {
                requireNoneOfOthers(place);
            }
        }
        print(place, done);
    }

    /** What root has set up only root undoes; it is not ours to say that there is nothing. */
    private void requireNoneOfOthers(ModePlace place) {
        place.entries().stream()
                .filter(entry -> entry.lifetime() == Lifetime.LASTING)
                .findFirst()
                .ifPresent(entry -> {
                    throw GpushareException.unable(
                            place.name() + " was set up by " + RestoreWords.whose(entry) + " as root",
                            "As root:\n  " + parts.needsRoot().sudoLine(spec.commandLine()));
                });
    }

    private void print(ModePlace place, List<String> done) {
        if (json) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("gpu", place.name());
            answer.put("changed", !done.isEmpty());
            answer.put("done", done);
            console.out().println(JsonAnswer.render(answer));
        } else if (done.isEmpty()) {
            console.out().println("Nothing to restore: no `gpushare mode apply` has changed " + place.name() + ".");
        } else {
            done.forEach(console.out()::println);
        }
    }
}
