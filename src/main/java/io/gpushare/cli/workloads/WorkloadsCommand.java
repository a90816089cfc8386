package io.gpushare.cli.workloads;

import io.gpushare.cli.terminal.Console;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "workloads",
        header = "The programs that tenants run: list them, or show one.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  gpushare workloads list",
            "  gpushare workloads show spin",
            "  gpushare workloads build",
            "  gpushare workloads list --workloads-dir ~/my-workloads --json"
        })
public final class WorkloadsCommand {
    private WorkloadsCommand() {}

    /**
     * A command with its own, to be added to the tree like any other.
     *
     * @param home the program's folder, which holds {@code workloads}
     * @param lacks what is not on this machine
     * @param further commands beside list and show
     */
    public static CommandLine of(Console console, Path home, Lacks lacks, List<Object> further) {
        CommandLine workloads = new CommandLine(new WorkloadsCommand());
        workloads.addSubcommand(new WorkloadsListCommand(console, home, lacks));
        workloads.addSubcommand(new WorkloadsShowCommand(console, home, lacks));
        further.forEach(command -> workloads.addSubcommand(command));
        return workloads;
    }
}
