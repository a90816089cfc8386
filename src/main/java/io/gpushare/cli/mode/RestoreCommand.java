package io.gpushare.cli.mode;

import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.cli.terminal.JsonAnswer;
import io.gpushare.cli.terminal.Style;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.transaction.JournalEntry;
import io.gpushare.recovery.Recovered;
import io.gpushare.recovery.Recovery;
import io.gpushare.recovery.Recovery.Extent;
import io.gpushare.runtime.Leftover;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "restore",
        header = "Put GPUs back that a killed gpushare left changed.",
        description = {
            "For each change that a gpushare made for a while and died over: ends what still runs of it, and brings"
                    + " back what was before. What somebody works with now is left alone, and so is"
                    + " what `mode apply` has"
                    + " set up for good: `gpushare mode restore` undoes that."
        },
        footer = {
            "",
            "Examples:",
            "  gpushare restore",
            "  gpushare restore --dry-run",
            "",
            "Exit status: 0 done or nothing to do, 1 something could not be put back, 2 usage, 3 only root may."
        })
public final class RestoreCommand implements Callable<Integer> {
    @Option(names = "--dry-run", description = "Change nothing: print the commands that would run, one a line.")
    private boolean dryRun;

    @Option(
            names = "--all",
            description =
                    "Also changes by a gpushare of which nothing is known here, as one in another container. Not while"
                            + " it may still run.")
    private boolean all;

    @Option(names = "--json", description = "Print JSON on stdout.")
    private boolean json;

    private final Console console;
    private final ModeParts parts;
    private final Interruption interruption;

    public RestoreCommand(Console console, ModeParts parts, Interruption interruption) {
        this.console = console;
        this.parts = parts;
        this.interruption = interruption;
    }

    @Override
    @SuppressWarnings("try") // a request to end waits while the hold is open
    public Integer call() throws InterruptedException {
        try (Interruption.Hold _ = interruption.hold()) {
            Recovery.Report report = parts.recovery().finish(new Extent(dryRun, all));
            report.problems().forEach(problem -> console.tell(Style.ATTENTION, "note:", problem));
            if (json) {
                console.out().println(JsonAnswer.render(tree(report)));
            } else {
                print(report);
            }
            return status(report).code();
        }
    }

    private void print(Recovery.Report report) {
        report.removed()
                .forEach(leftover -> (dryRun ? console.err() : console.out())
                        .println((dryRun ? "would remove " : "removed ") + leftover.kind() + " " + leftover.name()
                                + " of run " + leftover.runId()));
        for (Recovered recovered : report.entries()) {
            switch (recovered) {
                case Recovered.Planned(JournalEntry _, List<String> commands) -> {
                    console.err().println(RestoreWords.sentence(recovered) + ":");
                    commands.forEach(console.out()::println);
                }
                case Recovered.PutBack _, Recovered.Left _ -> console.out().println(RestoreWords.sentence(recovered));
                case Recovered.NotPermitted(JournalEntry _, String command) -> fail(recovered, "  " + command);
                case Recovered.GpuMissing _ ->
                    fail(recovered, "Its journal stays until it is back. `gpushare gpus` lists those that are here.");
                case Recovered.Failed(JournalEntry _, GpushareException failure) ->
                    fail(recovered, failure.advice().orElse(""));
            }
        }
        if (report.entries().isEmpty()) {
            (dryRun ? console.err() : console.out()).println("Nothing to restore: no change was interrupted.");
        }
    }

    private void fail(Recovered recovered, String advice) {
        console.err().println(console.styledForErr(Style.BAD, "error:") + " " + RestoreWords.sentence(recovered));
        advice.lines().forEach(line -> console.err().println("       " + line));
    }

    /** What failed weighs more than what only another may do. */
    private static ExitStatus status(Recovery.Report report) {
        ExitStatus status = ExitStatus.DONE;
        for (Recovered recovered : report.entries()) {
            switch (recovered) {
                case Recovered.GpuMissing _, Recovered.Failed _ -> {
                    return ExitStatus.FAILED;
                }
                case Recovered.NotPermitted _ -> status = ExitStatus.UNABLE;
                case Recovered.PutBack _, Recovered.Planned _, Recovered.Left _ -> {}
            }
        }
        return status;
    }

    private Map<String, Object> tree(Recovery.Report report) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("dry_run", dryRun);
        tree.put("removed", report.removed().stream().map(RestoreCommand::tree).toList());
        tree.put("problems", report.problems());
        tree.put("changes", report.entries().stream().map(RestoreCommand::tree).toList());
        return tree;
    }

    private static Map<String, Object> tree(Leftover leftover) {
        return Map.of("kind", leftover.kind(), "name", leftover.name(), "run_id", leftover.runId());
    }

    private static Map<String, Object> tree(Recovered recovered) {
        JournalEntry entry = recovered.entry();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("gpu_uuid", entry.gpuUuid());
        tree.put("gpu", entry.gpuName());
        tree.put("purpose", entry.purpose());
        tree.put("pid", entry.owner().pid());
        tree.put("began_utc", entry.beganAt().toString());
        tree.put("owner", entry.owner().state().name().toLowerCase(Locale.ROOT));
        tree.put(
                "outcome",
                switch (recovered) {
                    case Recovered.PutBack _ -> "put_back";
                    case Recovered.Planned _ -> "planned";
                    case Recovered.Left _ -> "left";
                    case Recovered.NotPermitted _ -> "not_permitted";
                    case Recovered.GpuMissing _ -> "gpu_missing";
                    case Recovered.Failed _ -> "failed";
                });
        tree.put("sentence", RestoreWords.sentence(recovered));
        if (recovered instanceof Recovered.Planned(JournalEntry _, List<String> commands)) {
            tree.put("commands", commands);
        }
        if (recovered instanceof Recovered.NotPermitted(JournalEntry _, String command)) {
            tree.put("command", command);
        }
        return tree;
    }
}
