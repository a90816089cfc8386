package io.gpushare.cli.mode;

import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Interruption;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "mode",
        header = "How a GPU is shared: show it, set it up for good, put it back.",
        description = {
            "What `mode apply` sets up stays until `mode restore`: the state before is on disk before anything"
                    + " changes. For a measurement none of this is needed: `gpushare bench --mode …` sets up, and puts"
                    + " back."
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  gpushare mode show",
            "  gpushare mode apply mps-4",
            "  sudo gpushare mode apply mig --profiles 3g.71gb,1g.18gb:4",
            "  sudo gpushare mode restore",
            "  gpushare mode apply mig --simulate=a100-40 --dry-run"
        })
public final class ModeCommand {
    private ModeCommand() {}

    /** A command with its own, to be added to the tree like any other. */
    public static CommandLine of(Console console, ModeParts parts, Interruption interruption) {
        CommandLine mode = new CommandLine(new ModeCommand());
        mode.addSubcommand(new ModeShowCommand(console, parts));
        mode.addSubcommand(new ModeApplyCommand(console, parts, interruption));
        mode.addSubcommand(new ModeAssertCommand(console, parts));
        mode.addSubcommand(new ModeRestoreCommand(console, parts, interruption));
        mode.addSubcommand(new ModeExportCommand(console, parts));
        return mode;
    }
}
