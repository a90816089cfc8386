package io.gpushare.cli;

import io.gpushare.cli.option.NumberText;
import io.gpushare.cli.option.OptionSections;
import io.gpushare.cli.option.Verbosity;
import io.gpushare.cli.terminal.Console;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.RunLast;

/** All commands, with what they share: help, version, colours, and how they fail. */
public final class CommandTree {
    /** Where the terminal's own width is not known. */
    private static final int HELP_WIDTH = 100;

    /** Beside which its description begins; below that of a longer one. */
    private static final int LONGEST_OPTION = 26;

    private CommandTree() {}

    public static CommandLine of(Console console, List<Object> commands) {
        CommandLine root = new CommandLine(new GpushareCommand());
        commands.forEach(command -> root.addSubcommand(command));
        addCommonOptions(root);
        NumberText.teach(root);
        Failures failures = new Failures(console);
        return root.setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures)
                .setExecutionStrategy(
                        parsed -> failures.orUnwritten(failures.orOutOfMemory(() -> new RunLast().execute(parsed))))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(Console.writerTo(console.out()))
                .setErr(Console.writerTo(console.err()))
                .setUsageHelpAutoWidth(console.outIsTerminal())
                .setColorScheme(CommandLine.Help.defaultColorScheme(console.outHasColour() ? Ansi.ON : Ansi.OFF));
    }

    private static void addCommonOptions(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new OptionSections());
        command.addMixin("verbosity", new Verbosity());
        spec.usageMessage()
                .width(HELP_WIDTH)
                .longOptionsMaxWidth(LONGEST_OPTION)
                .abbreviateSynopsis(true)
                .synopsisHeading("%nUsage: ")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n");
        if (!spec.positionalParameters().isEmpty()) {
            spec.usageMessage().parameterListHeading("%n");
        }
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build());
        if (spec.parent() == null) {
            spec.addOption(OptionSpec.builder("-V", "--version")
                    .versionHelp(true)
                    .description("Show the version.")
                    .build());
        }
        command.getSubcommands().values().forEach(CommandTree::addCommonOptions);
    }
}
