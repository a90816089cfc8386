package io.gpushare.cli;

import io.gpushare.cli.option.FormatWords;
import io.gpushare.cli.option.OptionSection;
import io.gpushare.cli.option.Verbosity;
import io.gpushare.cli.terminal.Console;
import io.gpushare.load.request.LlmApi;
import io.gpushare.load.scenario.Scenario;
import io.gpushare.text.Durations;
import io.gpushare.text.Numbers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.TypeConversionException;

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
        teach(root);
        Failures failures = new Failures(console);
        return root.setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures)
                .setExecutionStrategy(parsed -> failures.orUnwritten(failures.orOutOfMemory(() -> execute(parsed))))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(Console.writerTo(console.out()))
                .setErr(Console.writerTo(console.err()))
                .setUsageHelpAutoWidth(console.outIsTerminal())
                .setColorScheme(CommandLine.Help.defaultColorScheme(console.outHasColour() ? Ansi.ON : Ansi.OFF));
    }

    private static int execute(ParseResult parsed) {
        CommandLine last = parsed.asCommandLineList().getLast();
        boolean asksForHelp = last.isUsageHelpRequested() || last.isVersionHelpRequested();
        if (!last.getSubcommands().isEmpty() && !asksForHelp) {
            throw new ParameterException(
                    last,
                    "Missing command: one of "
                            + String.join(", ", last.getSubcommands().keySet()));
        }
        return new RunLast().execute(parsed);
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

    /** What options take; picocli's own complaints speak of Java's types. */
    private static void teach(CommandLine command) {
        command.registerConverter(Integer.class, saying(Numbers::whole));
        command.registerConverter(Integer.TYPE, saying(Numbers::whole));
        ITypeConverter<Long> whole = saying(text -> Numbers.within(text, Long.MIN_VALUE, Long.MAX_VALUE));
        command.registerConverter(Long.class, whole);
        command.registerConverter(Long.TYPE, whole);
        command.registerConverter(Double.class, saying(Numbers::decimal));
        command.registerConverter(Double.TYPE, saying(Numbers::decimal));
        command.registerConverter(Duration.class, saying(Durations::parse));
        command.registerConverter(LlmApi.class, text -> FormatWords.chosen(text, LlmApi.values()));
        command.registerConverter(Scenario.class, text -> FormatWords.chosen("scenario", text, Scenario.values()));
    }

    private static <N> ITypeConverter<N> saying(Function<String, N> parse) {
        return text -> {
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException refused) {
                throw new TypeConversionException(String.valueOf(refused.getMessage()));
            }
        };
    }

    /** Lists the options of a command in its help: its own first, then every {@link OptionSection} by its heading. */
    private static final class OptionSections implements IHelpSectionRenderer {
        @Override
        public String render(Help help) {
            List<CommandSpec> sections = sections(help.commandSpec()).toList();
            List<OptionSpec> others = new ArrayList<>(help.commandSpec().options());
            sections.forEach(section -> others.removeAll(section.options()));
            StringBuilder text = new StringBuilder(list(help, others));
            for (CommandSpec section : sections) {
                text.append(help.createHeading("%n" + heading(section) + ":%n")).append(list(help, section.options()));
            }
            return text.toString();
        }

        private static Stream<CommandSpec> sections(CommandSpec spec) {
            return spec.mixins().values().stream()
                    .flatMap(mixin -> mixin.userObject() instanceof OptionSection ? Stream.of(mixin) : sections(mixin));
        }

        private static String heading(CommandSpec section) {
            return ((OptionSection) section.userObject()).heading();
        }

        private static String list(Help help, List<OptionSpec> options) {
            return help.optionListExcludingGroups(options);
        }
    }
}
