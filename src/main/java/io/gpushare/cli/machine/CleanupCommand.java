package io.gpushare.cli.machine;

import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.JsonAnswer;
import io.gpushare.cli.terminal.Style;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.process.RunOwner;
import io.gpushare.runtime.Leftover;
import io.gpushare.runtime.LeftoverSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "cleanup",
        header = "Remove what crashed runs left behind.",
        description = {
            "Containers, processes, Slurm jobs and pods of a run whose gpushare no longer lives. What belongs to a"
                    + " run that goes on is never touched. A node whose mode was being changed is put back.",
            "Journals of killed runs hold data: they are named, and stay."
        },
        footer = {
            "",
            "Examples:",
            "  gpushare cleanup --dry-run",
            "  gpushare cleanup --all      also what a gpushare in another container may own",
            "",
            "Exit status: 0 done or nothing to do, 4 something could not be removed."
        })
public final class CleanupCommand implements Callable<Integer> {
    @Option(names = "--dry-run", description = "Remove nothing, and say what would be removed.")
    private boolean dryRun;

    @Option(
            names = "--all",
            description =
                    "Also what belongs to a gpushare of which nothing is known here: one in another container, of a"
                            + " user whose processes are hidden, or none that is named.")
    private boolean all;

    @Option(names = "--json", description = "Print JSON on stdout.")
    private boolean json;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "results",
            description = "Where results are written, to look for journals. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("results");

    private final Console console;
    private final List<LeftoverSource> sources;

    public CleanupCommand(Console console, List<LeftoverSource> sources) {
        this.console = console;
        this.sources = List.copyOf(sources);
    }

    @Override
    public Integer call() throws InterruptedException {
        CleanupReport report = new CleanupReport(dryRun);
        for (LeftoverSource source : sources) {
            clean(source, report);
        }
        report.addJournals(OrphanedJournals.in(out));
        if (json) {
            console.out().println(JsonAnswer.render(report.asTree()));
        } else {
            report.lines().forEach(console.out()::println);
        }
        return (report.hasFailures() ? ExitStatus.PARTLY_FAILED : ExitStatus.DONE).code();
    }

    private void clean(LeftoverSource source, CleanupReport report) throws InterruptedException {
        List<Leftover> found;
        try {
            found = source.find();
        } catch (GpushareException unreachable) {
            console.tell(Style.ATTENTION, "note:", source.what() + " were not looked at: " + unreachable.sentence());
            report.addUnexamined(source.what(), unreachable.sentence());
            return;
        }
        for (Leftover leftover : found) {
            Optional<String> reason = reasonToKeep(leftover);
            if (reason.isPresent()) {
                report.addKept(leftover, reason.get());
            } else {
                remove(source, leftover, report);
            }
        }
    }

    private Optional<String> reasonToKeep(Leftover leftover) {
        return switch (leftover.ownerState()) {
            case RUNNING -> Optional.of("its gpushare (pid " + pid(leftover) + ") runs");
            case GONE -> Optional.empty();
            case UNKNOWN ->
                all
                        ? Optional.empty()
                        : Optional.of("whether its gpushare runs cannot be seen from here; --all removes it too");
        };
    }

    private static String pid(Leftover leftover) {
        return leftover.owner().map(RunOwner::pid).map(String::valueOf).orElse("unknown");
    }

    private void remove(LeftoverSource source, Leftover leftover, CleanupReport report) throws InterruptedException {
        try {
            if (!dryRun) {
                source.remove(leftover);
            }
            report.addRemoved(leftover);
        } catch (GpushareException failure) {
            report.addFailed(leftover, failure.sentence());
        }
    }
}
